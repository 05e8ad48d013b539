# Golden numbers from R, written by hand once: `Rscript tests/golden/make.R` from the project's root.
# The tests read the CSV files; they need no R. sessionInfo() at the end names the versions.
# The real survey is looked for below the folder named by ANALYSIS_RAW (data/raw/ape11/README.md).
suppressMessages({ library(coin); library(ordinal); library(survey); library(mvtnorm); library(metafor) })

folder <- "tests/golden"
write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)

# --- Marginal homogeneity, symmetry, agreement: known and random tables -------------------------
# Among the random ones: empty cells, empty categories, categories with equal margins.
set.seed(20231015)
tables <- list(vision = matrix(c(1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205,
                                 36, 82, 179, 492), 4, byrow = TRUE),
               uebersax = matrix(c(20, 10, 5, 3, 30, 15, 0, 5, 40), 3, byrow = TRUE),
               approval = matrix(c(794, 150, 86, 570), 2, byrow = TRUE))
for (i in 1:12) {
  size <- sample(2:6, 1)
  cells <- matrix(rpois(size^2, sample(c(0.6, 2, 8), 1)), size)
  if (i %% 4 == 0) { cells[size, ] <- 0; cells[, size] <- 0 }   # nobody named the last one
  tables[[paste0("random", i)]] <- cells
}
for (i in 1:4) {                                                # the first one's margins are equal
  cells <- matrix(rpois(25, 3), 5); cells[1, ] <- cells[, 1]
  if (i > 2) { cells[1, ] <- 0; cells[, 1] <- 0; cells[1, 1] <- 9 }   # nobody moves to or from it
  tables[[paste0("equal", i)]] <- cells
}
kappa_of <- function(cells) {   # Cohen 1960; standard error of Fleiss, Cohen and Everitt 1969
  p <- cells / sum(cells); po <- sum(diag(p)); row <- rowSums(p); col <- colSums(p)
  pe <- sum(row * col); k <- (po - pe) / (1 - pe)
  a <- sum(diag(p) * (1 - (row + col) * (1 - k))^2)
  b <- (1 - k)^2 * sum((p * outer(col, row, "+")^2)[row(p) != col(p)])
  c(k, sqrt((a + b - (k - pe * (1 - k))^2) / (sum(cells) * (1 - pe)^2)))
}
rows <- list(); tests <- list()
for (name in names(tables)) {
  cells <- tables[[name]]; size <- nrow(cells)
  named <- rowSums(cells) + colSums(cells) > 0
  counts <- as.table(cells[named, named])
  dimnames(counts) <- list(used = which(named), preferred = which(named))
  homogeneity <- mh_test(counts)
  pairs <- cells + t(cells); upper <- upper.tri(cells) & pairs > 0
  people <- as.data.frame(counts); people <- people[rep(seq_len(nrow(people)), people$Freq), ]
  d <- (model.matrix(~ 0 + preferred, people) - model.matrix(~ 0 + used, people))
  covariance <- crossprod(sweep(d, 2, colMeans(d))) / nrow(d)^2
  tests[[name]] <- data.frame(
    table = name, size = size,
    stuart_maxwell = as.numeric(statistic(homogeneity)),
    df_stuart_maxwell = homogeneity@statistic@df,
    p_stuart_maxwell = as.numeric(pvalue(homogeneity)),
    bhapkar = as.numeric(colMeans(d) %*% MASS::ginv(covariance, tol = 1e-9) %*% colMeans(d)),
    bowker = sum(((cells - t(cells))^2 / pairs)[upper]), df_bowker = sum(upper),
    kappa = kappa_of(cells)[1], se_kappa = kappa_of(cells)[2])
  rows[[name]] <- data.frame(table = name, row = rep(1:size, size), column = rep(1:size, each = size),
                             n = as.vector(cells))
}
write(do.call(rbind, rows), "paired_tables.csv")
write(do.call(rbind, tests), "paired_tests.csv")

# --- One channel: exact McNemar -----------------------------------------------------------------
exact <- expand.grid(used_only = c(0, 1, 5, 17), preferred_only = c(0, 3, 11, 40))
exact <- exact[exact$used_only + exact$preferred_only > 0, ]
exact$p_value <- mapply(function(b, c) binom.test(b, b + c)$p.value,
                        exact$used_only, exact$preferred_only)
exact$mid_p <- mapply(function(b, c) {   # tables less likely than the one seen, and half its equals
  chance <- dbinom(0:(b + c), b + c, 0.5); here <- dbinom(b, b + c, 0.5)
  sum(chance[chance < here * (1 - 1e-9)]) + sum(chance[abs(chance / here - 1) < 1e-9]) / 2
}, exact$used_only, exact$preferred_only)
exact$statistic <- mapply(function(b, c) mcnemar.test(matrix(c(50, c, b, 60), 2),
                                                      correct = FALSE)$statistic,
                          exact$used_only, exact$preferred_only)
write(exact, "mcnemar.csv")

# Tango's score interval by another road: the likelihood is maximised at each difference
score_at <- function(d, b, c, n) {
  log_likelihood <- function(q) {
    p <- c(q, q + d, 1 - 2 * q - d)
    sum(ifelse(c(b, c, n - b - c) == 0, 0, c(b, c, n - b - c) * log(pmax(p, 1e-300))))
  }
  q <- optimize(log_likelihood, c(max(0, -d), (1 - d) / 2), maximum = TRUE, tol = 1e-12)$maximum
  (c - b - n * d) / sqrt(n * (2 * q + d * (1 - d)))
}
end_of <- function(b, c, n, sign, z = qnorm(0.975)) {
  edge <- sign * (1 - 1e-9)
  uniroot(function(d) sign * score_at(d, b, c, n) + z, sort(c((c - b) / n, edge)), tol = 1e-12)$root
}
tango <- data.frame(used_only = c(0, 7, 2, 12, 20, 1, 0, 3), preferred_only = c(1, 1, 12, 2, 55, 0, 0, 3),
                    n = c(44, 21, 50, 50, 400, 30, 30, 12))
tango$conf_low <- mapply(end_of, tango$used_only, tango$preferred_only, tango$n, -1)
tango$conf_high <- mapply(end_of, tango$used_only, tango$preferred_only, tango$n, 1)
write(tango, "tango.csv")

# --- Quasi-symmetry: Poisson model with a factor of pairs and the pull of each category ------------
vision <- tables$vision; size <- nrow(vision)
cells <- expand.grid(row = 1:size, column = 1:size); cells$n <- as.vector(vision)
cells <- cells[cells$row != cells$column, ]
cells$pair <- factor(paste(pmin(cells$row, cells$column), pmax(cells$row, cells$column)))
pull <- sapply(2:size, function(k) ((cells$column == k) - (cells$row == k)) / 2)
quasi <- glm(n ~ 0 + pair + pull, poisson, cells, control = list(epsilon = 1e-14, maxit = 100))
symmetric <- glm(n ~ 0 + pair, poisson, cells, control = list(epsilon = 1e-14, maxit = 100))
at <- grep("pull", names(coef(quasi)))
centre <- (diag(size) - 1 / size)[, -1]
write(data.frame(channel = 1:size, estimate = as.vector(centre %*% coef(quasi)[at]),
                 std_error = sqrt(diag(centre %*% vcov(quasi)[at, at] %*% t(centre))),
                 deviance = deviance(quasi), df = df.residual(quasi),
                 gain = deviance(symmetric) - deviance(quasi)), "quasi_symmetry.csv")

# --- Simultaneous intervals: critical values of the max-t distribution ---------------------------
set.seed(1)
levels_of <- list(independent = diag(4), alike = matrix(0.9, 5, 5) + 0.1 * diag(5),
                  multinomial = cov2cor(diag(c(50, 20, 8, 6, 6, 5, 3, 2) / 100) -
                                        tcrossprod(c(50, 20, 8, 6, 6, 5, 3, 2) / 100) + 1e-9 * diag(8)))
critical <- do.call(rbind, lapply(names(levels_of), function(name) {
  shape <- levels_of[[name]]
  quantile_of <- function(df) {
    algorithm <- GenzBretz(maxpts = 4e6, abseps = 1e-6)
    covered <- function(c) {
      ends <- rep(c, nrow(shape))
      as.numeric(if (is.infinite(df)) pmvnorm(-ends, ends, sigma = shape, algorithm = algorithm)
                 else pmvt(-ends, ends, corr = shape, df = df, algorithm = algorithm)) - 0.95
    }
    uniroot(covered, c(1.5, 5), tol = 1e-5)$root
  }
  data.frame(shape = name, normal = quantile_of(Inf), t_20 = quantile_of(20))
}))
write(critical, "critical_values.csv")
write(do.call(rbind, lapply(names(levels_of), function(name)
  data.frame(shape = name, row = as.vector(row(levels_of[[name]])),
             column = as.vector(col(levels_of[[name]])), value = as.vector(levels_of[[name]])))),
  "correlations.csv")

# --- Weighted shifts: a made-up sample that is kept, and the real survey -------------------------
weighted_shifts <- function(d, w, area = NULL) {
  k <- ncol(d); people <- data.frame(d, w = w); if (!is.null(area)) people$area <- area
  design <- svydesign(ids = ~1, weights = ~w, data = people)
  found <- svymean(as.formula(paste("~", paste(colnames(d), collapse = "+"))), design)
  ends <- confint(found, df = degf(design))
  data.frame(channel = colnames(d), estimate = as.vector(coef(found)), std_error = as.vector(SE(found)),
             conf_low = ends[, 1], conf_high = ends[, 2])
}
joint_test <- function(d, w) {   # the same means from a stacked model, so that regTermTest applies
  n <- nrow(d); k <- ncol(d)
  long <- data.frame(person = rep(1:n, k), w = rep(w, k), channel = factor(rep(1:k, each = n)),
                     d = as.vector(as.matrix(d)))
  model <- svyglm(d ~ 0 + channel, svydesign(ids = ~person, weights = ~w, data = long))
  test <- regTermTest(model, ~channel)
  data.frame(statistic = as.numeric(test$Ftest), df = test$df, df_denominator = test$ddf,
             p_value = as.numeric(test$p))
}
set.seed(11)
n <- 240; kinds <- paste0("c", 1:5)
sample_people <- data.frame(used = sample(kinds, n, TRUE, c(50, 20, 14, 10, 6)),
                            weight = round(exp(rnorm(n, 0, 0.5)), 4),
                            area = sample(paste0("a", 1:6), n, TRUE))
sample_people$preferred <- ifelse(runif(n) < 0.6, sample_people$used,
                                  sample(kinds, n, TRUE, c(30, 20, 20, 10, 20)))
write(sample_people, "weighted_people.csv")
indicators <- function(answers) sapply(kinds, function(k) as.numeric(answers == k))
d <- as.data.frame(indicators(sample_people$preferred) - indicators(sample_people$used))
write(weighted_shifts(d, sample_people$weight), "weighted_shifts.csv")
write(joint_test(d[, -1], sample_people$weight), "weighted_test.csv")
write(do.call(rbind, lapply(sort(unique(sample_people$area)), function(each) {
  here <- sample_people$area == each
  cbind(area = each, weighted_shifts(d[here, ], sample_people$weight[here]))
})), "weighted_by_area.csv")

ape11 <- read.delim(file.path(Sys.getenv("ANALYSIS_RAW"), "ape11", "SN7577.tab"))
items <- c("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
asked <- ape11$Q5axiv != 1 & ape11$Q5bxiv != 1      # "don't know" is not "none"
d <- as.data.frame(sapply(items, function(k) ape11[asked, paste0("Q5b", k)] - ape11[asked, paste0("Q5a", k)]))
write(weighted_shifts(d, ape11$wts[asked]), "ape11_shifts.csv")
write(cbind(joint_test(d, ape11$wts[asked]), n = sum(asked)), "ape11_test.csv")

# --- Do areas differ: coin's quadratic test, its permutation p-value ----------------------------
set.seed(5)
d <- indicators(sample_people$preferred) - indicators(sample_people$used)
frame <- data.frame(d, area = factor(sample_people$area))
formula <- as.formula(paste(paste(kinds, collapse = "+"), "~ area"))
asymptotic <- independence_test(formula, frame, teststat = "quadratic")
random <- independence_test(formula, frame, teststat = "quadratic",
                            distribution = approximate(nresample = 200000))
write(data.frame(statistic = as.numeric(statistic(asymptotic)), df = asymptotic@statistic@df,
                 p_permutation = as.numeric(pvalue(random))), "between_areas.csv")

# --- Shrinkage: REML of metafor; the posterior means by numerical integration --------------------
set.seed(9)
groups <- do.call(rbind, lapply(1:3, function(set) {
  v <- runif(10, 0.5, 4) * 1e-3
  data.frame(set = set, y = rnorm(10, -0.1, sqrt(v + c(0, 0.03, 0.08)[set]^2)), v = v)
}))
groups <- rbind(groups, data.frame(set = 4, y = c(28, 8, -3, 7, -1, 1, 18, 12),
                                   v = c(15, 10, 16, 11, 9, 11, 10, 18)^2))
shrunken <- do.call(rbind, lapply(split(groups, groups$set), function(g) {
  density <- function(tau) sapply(tau, function(t) {
    s <- g$v + t^2; mu <- sum(g$y / s) / sum(1 / s)
    exp(-0.5 * (sum(log(s)) + log(sum(1 / s)) + sum((g$y - mu)^2 / s)))
  })
  mean_of <- function(j) function(tau) density(tau) * sapply(tau, function(t) {
    s <- g$v + t^2; mu <- sum(g$y / s) / sum(1 / s); mu + t^2 / s[j] * (g$y[j] - mu)
  })
  scale <- 5 * sqrt(max(g$v) + var(g$y))
  area <- function(f) sum(sapply(1:12, function(k)   # pieces that grow, for a tail like a power
    integrate(f, scale * (2^(k - 1) - 1), scale * (2^k - 1), rel.tol = 1e-9, subdivisions = 2000)$value))
  reml <- rma(yi = g$y, vi = g$v, method = "REML", control = list(threshold = 1e-12, maxiter = 10000))
  data.frame(g, tau = sqrt(reml$tau2), posterior = sapply(seq_along(g$y), function(j) area(mean_of(j)) / area(density)))
}))
write(shrunken, "shrinkage.csv")

set.seed(20231016)
# --- Cumulative logit model ---------------------------------------------------------------------
n <- 400
people <- data.frame(channel = factor(sample(c("a", "b", "c"), n, TRUE)),
                     district = factor(sample(paste0("d", 1:5), n, TRUE)))
latent <- rlogis(n) + c(0, 0.7, -0.6)[people$channel] + c(0, 0.3, -0.3, 0.1, 0)[people$district]
people$rating <- cut(latent, c(-Inf, -1, 0, 1.2, Inf), labels = c("poor", "fair", "good", "best"),
                     ordered_result = TRUE)
fit <- clm(rating ~ channel + district, data = people, control = list(gradTol = 1e-12))
shown <- as.data.frame(coef(summary(fit)))
write(people, "clm_people.csv")
write(data.frame(term = rownames(shown), estimate = shown[, 1], std_error = shown[, 2],
                 log_likelihood = as.numeric(logLik(fit))), "clm.csv")
without <- clm(rating ~ district, data = people, control = list(gradTol = 1e-12))
write(data.frame(statistic = anova(without, fit)$LR.stat[2], df = anova(without, fit)$df[2],
                 p_value = anova(without, fit)[["Pr(>Chisq)"]][2]), "clm_anova.csv")

# Share of the two best answers with everybody in channel b, by hand: mean of 1 - F(theta_2 - x'b)
everybody <- transform(people, channel = factor("b", levels = levels(channel)))
probability <- predict(fit, everybody[, c("channel", "district")], type = "prob")$fit
write(data.frame(level = "b", share = mean(rowSums(probability[, c("good", "best")]))), "margin.csv")

source(file.path(folder, "ordinal.R"))
source(file.path(folder, "weights.R"))
source(file.path(folder, "rank.R"))
source(file.path(folder, "pooled.R"))
source(file.path(folder, "weighted_mixed.R"))
source(file.path(folder, "multilevel.R"))
source(file.path(folder, "power.R"))
source(file.path(folder, "waves.R"))

sink(file.path(folder, "sessionInfo.txt")); print(sessionInfo()); sink()
