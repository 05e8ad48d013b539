# Raking, weighted shares and tests from R's survey package. Sourced by make.R; the tests read the
# CSV files. `write` and `folder` come from make.R.

settings <- list(maxit = 500, epsilon = 1e-12)

# --- The default survey: residents raked to the Census, as population.weigh says ------------------
replies <- read.csv("data/processed/herts_2023/responses.csv", colClasses = "character")
people <- replies[replies$connection %in% c("lives", "both"), ]
counts <- read.csv("data/raw/herts_2023/population.csv")
told <- function(x) !(x %in% c("no_answer", "dont_know", ""))
band <- function(age) ifelse(age %in% c("16_24", "25_34"), "16_34", age)
people$place <- ifelse(told(people$district), people$district, "not_told")
people$group <- ifelse(told(people$age) & told(people$sex), paste(band(people$age), people$sex), "not_told")
with_not_told <- function(table, answers) {   # who did not tell keeps the share that they have
  unsaid <- mean(answers == "not_told"); total <- sum(table)
  c(table * (1 - unsaid), not_told = total * unsaid)
}
margin <- function(table, name) setNames(data.frame(names(table), as.vector(table)), c(name, "Freq"))
by_place <- with_not_told(tapply(counts$adults, counts$district, sum), people$place)
by_group <- with_not_told(tapply(counts$adults, paste(band(counts$age), counts$sex), sum), people$group)
plain <- suppressWarnings(svydesign(~1, data = people))
raked <- rake(plain, list(~place, ~group), list(margin(by_place, "place"), margin(by_group, "group")),
              control = settings)
cut_off <- trimWeights(raked, upper = 3 * mean(weights(raked)), strict = TRUE)
write(data.frame(raw_row = people$raw_row, weight = weights(raked), trimmed = weights(cut_off)),
      "raked_weights.csv")

# Shares of everybody with a weight who answered, and of domains of them
ordered <- list(video_use = c("very_unlikely", "unlikely", "neither", "likely", "very_likely"),
                visibility = c("very_poor", "poor", "neither", "good", "very_good"),
                satisfaction = c("very_poor", "poor", "neither", "good", "very_good"))
shares <- list()
one_share <- function(design, yes, question, answer, level) {
  design <- update(design, yes = as.numeric(yes))
  inside <- subset(design, !is.na(yes))
  mean_of <- svymean(~yes, inside, na.rm = TRUE)
  ends <- attr(svyciprop(~yes, inside, method = "logit"), "ci")
  data.frame(question = question, answer = answer, level = level, estimate = coef(mean_of)[[1]],
             std_error = SE(mean_of)[[1]], logit_low = ends[[1]], logit_high = ends[[2]],
             n = sum(!is.na(yes)))
}
for (question in names(ordered)) for (answer in ordered[[question]]) {
  given <- ifelse(people[[question]] %in% ordered[[question]], people[[question]] == answer, NA)
  shares[[length(shares) + 1]] <- one_share(raked, given, question, answer, "")
  if (answer == ordered[[question]][4]) for (place in sort(unique(people$district[told(people$district)])))
    shares[[length(shares) + 1]] <- one_share(raked, ifelse(people$district == place, given, NA),
                                              question, answer, place)
}
write(do.call(rbind, shares), "raked_shares.csv")

# Korn and Graubard's interval where all people with a weight answered: R takes the number of rows
# of the design for n, and a part of a raked design keeps the rows outside it.
given <- people$contacted == "yes"
whole <- update(raked, yes = as.numeric(given))
beta <- attr(svyciprop(~yes, whole, method = "beta"), "ci")
write(data.frame(estimate = coef(svymean(~yes, whole))[[1]], std_error = SE(svymean(~yes, whole))[[1]],
                 conf_low = beta[[1]], conf_high = beta[[2]]), "raked_beta.csv")

# After cutting: a share, and one that the margins fixed before
cut_off <- update(cut_off, yes = as.numeric(given), here = as.numeric(place == sort(unique(place))[1]))
of_both <- svymean(~yes + here, cut_off)
write(data.frame(share = c("contacted", sort(unique(people$place))[1]), estimate = coef(of_both),
                 std_error = SE(of_both)), "raked_trimmed.csv")

# Rao and Scott's test
raked <- update(raked, video = factor(ifelse(people$video_use %in% ordered$video_use, people$video_use, NA)),
                place_told = factor(ifelse(told(people$district), people$district, NA)),
                age_told = factor(ifelse(told(people$age), people$age, NA)))
tests <- list()
for (by in c("place_told", "age_told")) {
  both <- subset(raked, !is.na(video) & !is.na(get(by)))
  found <- svychisq(as.formula(paste("~video +", by)), both, statistic = "F")
  tests[[by]] <- data.frame(by = by, statistic = found$statistic[[1]], df = found$parameter[[1]],
                            df_denominator = found$parameter[[2]], p_value = found$p.value[[1]])
}
write(do.call(rbind, tests), "raked_chisq.csv")

# Shifts of channels under raked weights, of everybody who gave both answers and in each district: the
# means of the differences of two indicators in domains of the raked design; all shifts together
told_both <- told(people$used_last) & people$used_last != "not_asked" & told(people$preferred)
channels <- sort(unique(c(people$used_last[told_both], people$preferred[told_both])))
moved <- sapply(channels, function(each) (people$preferred == each) - (people$used_last == each))
colnames(moved) <- paste0("d", seq_along(channels))
wide <- do.call(update, c(list(raked), as.list(as.data.frame(moved))))
domain <- function(inside) svymean(reformulate(colnames(moved)), wide[inside, ])
places <- c("", sort(unique(people$district[told(people$district)])))
shifts <- lapply(places, function(place) {
  found <- domain(told_both & (place == "" | people$district == place))
  data.frame(district = place, channel = channels, estimate = as.vector(coef(found)),
             std_error = sqrt(diag(vcov(found))))
})
write(do.call(rbind, shifts), "raked_shifts.csv")
found <- domain(told_both); rank <- length(channels) - 1
wald <- c(coef(found)[-1] %*% solve(vcov(found)[-1, -1]) %*% coef(found)[-1]) / rank
write(data.frame(statistic = wald, df = rank, df_denominator = sum(told_both) - rank,
                 p_value = pf(wald, rank, sum(told_both) - rank, lower.tail = FALSE)), "raked_shift_test.csv")

# Margins that one person links, where raking is slow: calibration with raking distance (Newton)
linked <- data.frame(a = rep(c("f", "m"), c(50, 51)), b = c(rep(c("y", "o"), each = 50), "y"))
linked <- calibrate(suppressWarnings(svydesign(~1, data = linked)), ~ a + b, calfun = "raking",
                    c(`(Intercept)` = 1000, am = 500, by = 500.5), epsilon = 1e-12, maxit = 100)
write(data.frame(linked$variables, weight = weights(linked)), "raked_linked.csv")

# --- A public table: MASS housing, 1,681 people, raked to three stated margins --------------------
housing <- MASS::housing[rep(seq_len(nrow(MASS::housing)), MASS::housing$Freq), ]
housing$Freq <- NULL
public <- suppressWarnings(svydesign(~1, data = housing))
to <- list(Type = c(Tower = 3000, Apartment = 3000, Atrium = 2500, Terrace = 1500),
           Cont = c(Low = 6000, High = 4000), Infl = c(Low = 2000, Medium = 5000, High = 3000))
public <- rake(public, list(~Type, ~Cont, ~Infl), lapply(names(to), function(name) margin(to[[name]], name)),
               control = settings)
sat <- svymean(~Sat, public)
ends <- lapply(c("logit", "beta"), function(method) t(sapply(levels(housing$Sat), function(answer)
  attr(svyciprop(~yes, update(public, yes = as.numeric(Sat == answer)), method = method), "ci"))))
test <- svychisq(~Sat + Type, public, statistic = "F")
first <- !duplicated(housing[c("Type", "Cont", "Infl")])
write(data.frame(housing[first, c("Type", "Cont", "Infl")], weight = weights(public)[first]),
      "raked_housing.csv")
write(data.frame(answer = levels(housing$Sat), estimate = coef(sat), std_error = SE(sat),
                 logit_low = ends[[1]][, 1], logit_high = ends[[1]][, 2], beta_low = ends[[2]][, 1],
                 beta_high = ends[[2]][, 2], statistic = test$statistic[[1]], df = test$parameter[[1]],
                 df_denominator = test$parameter[[2]], p_value = test$p.value[[1]]),
      "raked_housing_shares.csv")

# --- The real survey, with the weights that it brings ----------------------------------------------
ape <- read.delim(list.files(Sys.getenv("ANALYSIS_RAW"), "SN7577.tab", recursive = TRUE, full.names = TRUE)[1])
ape$wts <- as.numeric(ape$wts)
ape$content <- ifelse(ape$Q8 %in% 1:4, as.numeric(ape$Q8 %in% 1:2), NA)
supplied <- subset(svydesign(~1, weights = ~wts, data = ape), !is.na(content))
found <- svymean(~content, supplied); whole <- svydesign(~1, weights = ~wts, data = ape[!is.na(ape$content), ])
ape_tests <- lapply(c("gor", "agegroups"), function(by) svychisq(as.formula(paste("~Q8 +", by)), whole))
write(data.frame(estimate = coef(found)[[1]], std_error = SE(svymean(~content, whole))[[1]],
                 logit_low = attr(svyciprop(~content, whole, method = "logit"), "ci")[[1]],
                 logit_high = attr(svyciprop(~content, whole, method = "logit"), "ci")[[2]],
                 beta_low = attr(svyciprop(~content, whole, method = "beta"), "ci")[[1]],
                 beta_high = attr(svyciprop(~content, whole, method = "beta"), "ci")[[2]],
                 by = c("district", "age"),
                 statistic = sapply(ape_tests, function(each) each$statistic[[1]]),
                 df = sapply(ape_tests, function(each) each$parameter[[1]]),
                 df_denominator = sapply(ape_tests, function(each) each$parameter[[2]]),
                 p_value = sapply(ape_tests, function(each) each$p.value[[1]])), "supplied_shares.csv")
