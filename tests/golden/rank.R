# Kendall's tau-b and its standard errors by their formulas (Brown and Benedetti 1977, JASA 72), pair
# of people by pair of people. Sourced by make.R, which has `write` and `folder`.
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
    null_error = sqrt(4 / w^2 * (sum(people * agree^2) - sum(people * agree)^2 / n)), n = n)
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
  data.frame(first = pair[1], second = pair[2], t(found))
})), "rank_correlation.csv")
