# Golden numbers from R, written by hand once: `Rscript tests/golden/make.R` from the project's root.
# The tests read the CSV files; they need no R. sessionInfo() at the end names the versions.
library(coin)
library(ordinal)

folder <- "tests/golden"
write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)

# --- Marginal homogeneity and symmetry: random tables, with empty cells and empty categories ----
set.seed(20231015)
tables <- list(vision = matrix(c(1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205,
                                 36, 82, 179, 492), 4, byrow = TRUE),
               uebersax = matrix(c(20, 10, 5, 3, 30, 15, 0, 5, 40), 3, byrow = TRUE))
for (i in 1:12) {
  size <- sample(2:6, 1)
  cells <- matrix(rpois(size^2, sample(c(0.6, 2, 8), 1)), size)
  if (i %% 4 == 0) { cells[size, ] <- 0; cells[, size] <- 0 }   # nobody named the last one
  tables[[paste0("random", i)]] <- cells
}
rows <- list(); tests <- list()
for (name in names(tables)) {
  cells <- tables[[name]]; size <- nrow(cells)
  named <- rowSums(cells) + colSums(cells) > 0
  counts <- as.table(cells[named, named])
  dimnames(counts) <- list(used = which(named), preferred = which(named))
  homogeneity <- mh_test(counts)
  pairs <- cells + t(cells); upper <- upper.tri(cells) & pairs > 0
  tests[[name]] <- data.frame(
    table = name, size = size,
    stuart_maxwell = as.numeric(statistic(homogeneity)),
    p_stuart_maxwell = as.numeric(pvalue(homogeneity)),
    bowker = sum(((cells - t(cells))^2 / pairs)[upper]), df_bowker = sum(upper))
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
exact$statistic <- mapply(function(b, c) mcnemar.test(matrix(c(50, c, b, 60), 2),
                                                      correct = FALSE)$statistic,
                          exact$used_only, exact$preferred_only)
write(exact, "mcnemar.csv")

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

sink(file.path(folder, "sessionInfo.txt")); print(sessionInfo()); sink()
