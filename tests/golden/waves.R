# Two independent waves: Newcombe's interval, raked waves in one design with a stratum a wave, shifts,
# satisfaction. Sourced by make.R, or run by itself: Rscript tests/golden/waves.R from the project's root.
if (!exists("folder")) {
  suppressMessages({ library(survey); library(ordinal) })
  folder <- "tests/golden"
  write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)
}

# --- Newcombe 1998, method 10: two Wilson intervals (prop.test without continuity), squared and added
wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
counts <- data.frame(x1 = c(48, 10, 264, 12, 0, 29, 700), n1 = c(80, 20, 734, 400, 10, 29, 1117),
                     x2 = c(56, 18, 244, 30, 5, 20, 650), n2 = c(70, 30, 729, 390, 20, 40, 1090))
ends <- t(mapply(function(x1, n1, x2, n2) {
  one <- wilson(x1, n1); two <- wilson(x2, n2); p1 <- x1 / n1; p2 <- x2 / n2
  c(p2 - p1, p2 - p1 - sqrt((p2 - two[1])^2 + (one[2] - p1)^2),
    p2 - p1 + sqrt((two[2] - p2)^2 + (p1 - one[1])^2), fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value)
}, counts$x1, counts$n1, counts$x2, counts$n2))
write(cbind(counts, setNames(data.frame(ends), c("estimate", "conf_low", "conf_high", "p_value"))), "waves_counts.csv")

# --- People of two waves: answers, margins, a shift from use to preference, an ordered rating -----
set.seed(20251015)
people <- do.call(rbind, lapply(1:2, function(wave) {
  n <- c(420, 380)[wave]
  area <- sample(c("north", "south", "west"), n, TRUE, c(.5, .3, .2))
  age <- sample(c("young", "middle", "old"), n, TRUE, list(c(.2, .4, .4), c(.3, .4, .3))[[wave]])
  lean <- (age == "young") * 0.8 + (area == "west") * 0.3 + (wave == 2) * 0.35
  used <- sample(c("phone", "web", "desk"), n, TRUE, c(.5, .3, .2))
  stays <- runif(n) < .6
  preferred <- ifelse(stays, used, sample(c("phone", "web", "desk"), n, TRUE, c(.35, .4, .25) ))
  latent <- lean + (used == "web") * 0.4 + rlogis(n)
  rating <- cut(latent, c(-Inf, -1, 0.2, 1.5, Inf), labels = c("bad", "poor", "good", "best"))
  data.frame(wave = paste0("w", wave), area, age, used, preferred, rating)
}))
write(people, "waves_people.csv")
towns <- list(c(north = 4000, south = 3500, west = 2500), c(north = 4100, south = 3700, west = 2200))
ages <- list(c(young = 3300, middle = 3600, old = 3100), c(young = 3200, middle = 3500, old = 3300))
margin <- function(lists, name) setNames(data.frame(unlist(lapply(1:2, function(w) paste0("w", w, ".", names(lists[[w]])))),
                                                    unlist(lists)), c(name, "Freq"))
people$by_area <- paste0(people$wave, ".", people$area); people$by_age <- paste0(people$wave, ".", people$age)
people$good <- as.numeric(people$rating %in% c("good", "best"))
for (each in c("phone", "web", "desk")) {
  people[[paste0("used_", each)]] <- as.numeric(people$used == each)
  people[[paste0("shift_", each)]] <- (people$preferred == each) - (people$used == each)
}
# One design with a stratum a wave, raked to margins within waves: variances of the waves add.
plain <- suppressWarnings(svydesign(~1, strata = ~wave, data = people))
raked <- rake(plain, list(~by_area, ~by_age), list(margin(towns, "by_area"), margin(ages, "by_age")),
              control = list(maxit = 500, epsilon = 1e-12))
change <- function(design, name) {   # the coefficient of the wave is the difference of two weighted means
  found <- svyglm(as.formula(paste0(name, " ~ wave")), design)
  data.frame(measure = name, first = coef(found)[[1]], second = sum(coef(found)), estimate = coef(found)[["wavew2"]],
             std_error = SE(found)[["wavew2"]])
}
measures <- c("good", "used_phone", "used_web", "used_desk", "shift_phone", "shift_web", "shift_desk")
write(do.call(rbind, lapply(measures, function(each) change(raked, each))), "waves_raked.csv")

# The same of those who used the web: a domain of each wave
inside <- subset(raked, used == "web")
write(change(inside, "good"), "waves_domain.csv")

# Shifts without weights: Welch's t-test; Bonett and Price's intervals of the waves, squared and added
bonett_price <- function(b, c, n) { p <- (b + 1) / (n + 2); q <- (c + 1) / (n + 2); d <- q - p
  reach <- qnorm(.975) * sqrt((p + q - d^2) / (n + 2)); c(max(d - reach, -1), min(d + reach, 1)) }
shifts <- do.call(rbind, lapply(c("phone", "web", "desk"), function(each) {
  score <- split(people[[paste0("shift_", each)]], people$wave)
  test <- t.test(score$w2, score$w1)
  one <- bonett_price(sum(score$w1 == -1), sum(score$w1 == 1), length(score$w1))
  two <- bonett_price(sum(score$w2 == -1), sum(score$w2 == 1), length(score$w2))
  m <- sapply(score, mean); d <- m[[2]] - m[[1]]
  data.frame(answer = each, first = m[[1]], second = m[[2]], estimate = d, std_error = test$stderr, df = test$parameter[[1]],
             p_value = test$p.value, t_low = test$conf.int[1], t_high = test$conf.int[2],
             conf_low = d - sqrt((m[[2]] - two[1])^2 + (one[2] - m[[1]])^2),
             conf_high = d + sqrt((two[2] - m[[2]])^2 + (m[[1]] - one[1])^2))
}))
write(shifts, "waves_shifts.csv")

# Satisfaction: clm with wave beside channel and area; shares with everybody in one wave and in the other
people$rating <- factor(people$rating, c("bad", "poor", "good", "best"), ordered = TRUE)
people$used <- factor(people$used, c("phone", "web", "desk")); people$area <- factor(people$area)
full <- clm(rating ~ wave + used + area, data = people); rest <- clm(rating ~ used + area, data = people)
at <- function(value) { all_in <- subset(people, select = -rating); all_in$wave <- value
  mean(rowSums(predict(full, all_in, type = "prob")$fit[, 3:4])) }
wave <- coef(summary(full))["wavew2", ]
write(data.frame(coefficient = wave[[1]], std_error = wave[[2]], lr = anova(rest, full)$LR.stat[2],
                 p_value = anova(rest, full)$`Pr(>Chisq)`[2], first = at("w1"), second = at("w2")), "waves_satisfaction.csv")
