# Kendall's tau-b and its standard error by their formulas (Brown and Benedetti 1977, JASA 72), pair
# of people by pair of people; the error of the test as `cor.test` has it. Sourced by make.R, which
# has `write` and `folder`.
tau_b <- function(first, second) {
  table <- table(first, second); n <- sum(table); cells <- which(table > -1, arr.ind = TRUE)
  agree <- apply(cells, 1, function(at) {
    i <- row(table); j <- col(table)
    sum(table[(i < at[1] & j < at[2]) | (i > at[1] & j > at[2])]) -
      sum(table[(i < at[1] & j > at[2]) | (i > at[1] & j < at[2])])
  })
  people <- table[cells]; rows <- rowSums(table); columns <- colSums(table)
  free_rows <- n^2 - sum(rows^2); free_columns <- n^2 - sum(columns^2); w <- sqrt(free_rows * free_columns)
  tau <- sum(people * agree) / w
  v <- rows[cells[, 1]] * free_columns + columns[cells[, 2]] * free_rows
  c(estimate = tau,
    std_error = sqrt((sum(people * (2 * w * agree + tau * v)^2) - n^3 * tau^2 * (free_rows + free_columns)^2) / w^4),
    n = n)
}
tested <- function(first, second) {   # z of cor.test, and the error that it divides by
  found <- suppressWarnings(cor.test(as.integer(first), as.integer(second), method = "kendall",
                                     exact = FALSE))
  c(null_error = found$estimate[["tau"]] / found$statistic[["z"]], p_value = found$p.value)
}
replies <- read.csv("data/processed/herts_2023/responses.csv", colClasses = "character")
scale <- c("very_poor", "poor", "neither", "good", "very_good")
pairs <- list(c("visibility", "accessibility"), c("visibility", "satisfaction"), c("accessibility", "satisfaction"))
write(do.call(rbind, lapply(pairs, function(pair) {
  both <- replies[replies[[pair[1]]] %in% scale & replies[[pair[2]]] %in% scale, ]
  ordered <- lapply(pair, function(name) factor(both[[name]], levels = scale))
  found <- tau_b(ordered[[1]], ordered[[2]])
  check <- cor(as.integer(ordered[[1]]), as.integer(ordered[[2]]), method = "kendall")
  stopifnot(abs(check - found[["estimate"]]) < 1e-12)
  data.frame(first = pair[1], second = pair[2], t(found), t(tested(ordered[[1]], ordered[[2]])))
})), "rank_correlation.csv")

# Small samples with ties, among them perfect associations: the p-value of cor.test, and the exact one
# from every order of the second answers
orders <- function(n) if (n == 1) matrix(1L) else {
  less <- orders(n - 1)
  do.call(rbind, lapply(1:n, function(at) cbind(at, ifelse(less >= at, less + 1L, less))))
}
set.seed(20231018)
small <- list(perfect = list(c(1, 1, 2, 2, 3, 3), c(1, 1, 2, 2, 3, 3)),
              opposite = list(c(1, 1, 1, 2, 2, 3), c(3, 3, 3, 2, 2, 1)),
              no_ties = list(1:7, c(2, 1, 4, 3, 5, 7, 6)))
for (i in 1:5) small[[paste0("random", i)]] <- list(c(1, 2, sample(3, 5, TRUE)), c(2, 1, sample(4, 5, TRUE)))
write(do.call(rbind, lapply(names(small), function(name)
  data.frame(sample = name, first = small[[name]][[1]], second = small[[name]][[2]]))), "rank_small.csv")
write(do.call(rbind, lapply(names(small), function(name) {
  first <- small[[name]][[1]]; second <- small[[name]][[2]]
  net <- function(other) sum(sign(outer(first, first, "-")) * sign(outer(other, other, "-")))
  every <- apply(orders(length(second)), 1, function(order) net(second[order]))
  data.frame(sample = name, estimate = cor(first, second, method = "kendall"), t(tested(first, second)),
             exact = mean(abs(every) >= abs(net(second))))
})), "rank_small_tests.csv")
