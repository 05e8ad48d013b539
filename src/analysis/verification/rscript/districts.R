# Shares and shifts of districts drawn together: quadrature on a grid, and draws from it.

# y_g ~ Binomial(n_g, p_g), p_g ~ Beta(k m, k (1 - m)); r = 1 / sqrt(k + 1) and m flat on 0 to 1
pool <- function(y, n, draws = 200000) {
  share <- sum(y) / sum(n); z0 <- qlogis(share)
  log_of <- function(t, z) {   # r = t^2, m = plogis(z), over a grid
    k <- 1 / t^4 - 1; m <- plogis(z)
    a <- outer(k, m); b <- outer(k, 1 - m); total <- matrix(0, length(t), length(z))
    for (g in seq_along(y)) total <- total + lbeta(a + y[g], b + n[g] - y[g]) - lbeta(a, b)
    total + outer(log(2 * t), log(m * (1 - m)), "+")
  }
  middles <- function(from, to, count) from + (to - from) * (seq_len(count) - 0.5) / count
  t_ends <- c(0.03, 1); z_ends <- z0 + c(-10, 10)
  for (round in 1:3) {   # closer and closer around what has any mass
    t <- middles(t_ends[1], t_ends[2], 120); z <- middles(z_ends[1], z_ends[2], 160)
    mass <- log_of(t, z); mass <- exp(mass - max(mass)); mass <- mass / sum(mass)
    on_t <- range(which(rowSums(mass) > 1e-11)); on_z <- range(which(colSums(mass) > 1e-11))
    t_ends <- t[on_t] + c(-1, 1) * diff(t[1:2]) * 1.5; t_ends <- pmin(pmax(t_ends, 0.01), 1)
    z_ends <- z[on_z] + c(-1, 1) * diff(z[1:2]) * 1.5
  }
  t <- middles(t_ends[1], t_ends[2], 400); z <- middles(z_ends[1], z_ends[2], 200)
  mass <- log_of(t, z); mass <- exp(mass - max(mass)); mass <- mass / sum(mass)
  of_t <- rowSums(mass); k <- 1 / t^4 - 1
  own <- sapply(n, function(each) sum(of_t * each / (each + k)))
  estimate <- own * y / n + (1 - own) * share
  set.seed(20231015)
  cell <- sample.int(length(mass), draws, replace = TRUE, prob = mass)
  kk <- 1 / (t[(cell - 1) %% length(t) + 1] + (runif(draws) - 0.5) * diff(t[1:2]))^4 - 1
  mm <- plogis(z[(cell - 1) %/% length(t) + 1] + (runif(draws) - 0.5) * diff(z[1:2]))
  kk <- pmax(kk, 1e-6)
  p <- sapply(seq_along(y), function(g) rbeta(draws, y[g] + kk * mm, n[g] - y[g] + kk * (1 - mm)))
  gap <- p - as.vector(p %*% n) / sum(n)
  q <- function(x) t(apply(x, 2, quantile, probs = c(0.025, 0.975), names = FALSE))
  no_spread <- sum(y) * log(share) + sum(n - y) * log(1 - share)
  ratio <- function(r) { k <- 1 / r^2 - 1; sum(lbeta(k * share + y, k * (1 - share) + n - y) - lbeta(k * share, k * (1 - share))) - no_spread }
  statistic <- 2 * max(0, optimize(ratio, c(2e-4, 0.97), maximum = TRUE, tol = 1e-9)$objective)
  data.frame(estimate, low = q(p)[, 1], high = q(p)[, 2], gap = estimate - sum(estimate * n) / sum(n),
             gap_low = q(gap)[, 1], gap_high = q(gap)[, 2], error = apply(p, 2, sd), n = n, top = y, own = own,
             p_value = if (statistic > 0) pchisq(statistic, 1, lower.tail = FALSE) / 2 else 1)
}

pooled_districts <- function(s, yes) {
  by <- answer(s, "district"); inside <- !is.na(yes) & !is.na(by); by <- droplevels(by[inside])
  y <- as.vector(tapply(yes[inside], by, sum)); n <- as.vector(table(by))
  if (length(n) < 3 || sum(y) == 0 || sum(y) == sum(n)) return(NULL)
  cbind(level = levels(by), pool(y, n))
}

# y_g ~ N(theta_g, v_g), theta_g ~ N(mu, tau^2), mu flat, tau flat on 0 to 1
normal_normal <- function(y, v) {
  log_of <- function(tau) sapply(tau, function(x) { w <- 1 / (v + x^2); mu <- sum(w * y) / sum(w)
    0.5 * (sum(log(w)) - log(sum(w)) - sum(w * (y - mu)^2)) })
  t <- (seq_len(4000) - 0.5) / 4000; tau <- t^3   # closer where it is small
  mass <- log_of(tau) + 2 * log(t); mass <- exp(mass - max(mass)); mass <- mass / sum(mass)
  kept <- mass > 1e-14; tau <- tau[kept]; mass <- mass[kept] / sum(mass[kept])
  w <- sapply(v, function(x) 1 / (x + tau^2)); mu <- as.vector(w %*% y) / rowSums(w)
  do.call(rbind, lapply(seq_along(y), function(g) {
    keep <- tau^2 / (v[g] + tau^2); mean_g <- mu + keep * (y[g] - mu)
    sd_g <- sqrt(keep * v[g] + (1 - keep)^2 / rowSums(w))
    end <- function(p) uniroot(function(x) sum(mass * pnorm(x, mean_g, sd_g)) - p, range(mean_g + 9 * sd_g, mean_g - 9 * sd_g), tol = 1e-9)$root
    data.frame(estimate = sum(mass * mean_g), low = end(0.025), high = end(0.975))
  }))
}

shifts_by_district <- function(s) {
  a <- both_answers(s, by_group = TRUE); by <- answer(s, "district")[a$people]; told <- !is.na(by); by <- droplevels(by[told])
  moved <- (a$preferred - a$used)[told, ]; n <- as.vector(table(by)); found <- list()
  wish <- tolower(s$words$preferred_short); act <- tolower(s$words$used_short)
  for (each in setdiff(colnames(moved), other_channel(s))) {
    d <- moved[, each]; mean_g <- as.vector(tapply(d, by, mean))
    within <- max(sum((d - mean_g[as.integer(by)])^2) / (length(d) - nlevels(by)), 1 / length(d))
    shrunk <- normal_normal(mean_g, within / n); all_of <- mean(d)
    found[[sprintf("%s: shift (%s minus %s)", each, wish, act)]] <- data.frame(
      level = levels(by), gap = shrunk$estimate - all_of, gap_low = shrunk$low - all_of, gap_high = shrunk$high - all_of, error = 0, n = n)
  }
  found
}

# Every gap of every district that may be shown, of every measure
district_gaps <- function(s) {
  measures <- list()
  both <- if (has(s, s$used, "preferred")) answered(s, s$used, "preferred") else NULL
  if (!is.null(both)) {
    did <- named_groups(s, s$used); did[!both, ] <- NA
    wish <- named_groups(s, "preferred")
    unasked <- s$cells[[question(s, s$used)$columns[1]]] == "not_asked"
    wish[!(both | (unasked & answered(s, "preferred"))), ] <- NA
    for (g in colnames(did)) measures[[paste0(s$words$used_short, ": ", inside(g))]] <- did[, g]
    for (g in colnames(wish)) measures[[paste0(s$words$preferred_short, ": ", inside(g))]] <- wish[, g]
  }
  others <- headline_answers(s)
  if (has(s, "satisfaction")) {   # of the people whose satisfaction is modelled
    mine <- rep(NA, s$n); rows <- satisfaction_people(s)$rows; mine[rows] <- is_best(s, "satisfaction")[rows]
    others[[at_start(s$words$satisfied)]] <- mine
  }
  measures <- c(measures, others[setdiff(names(others), names(measures))])
  if (!is.null(s$coded)) {
    coded <- s$coded[grepl("^change__", names(s$coded))]; size <- colSums(coded, na.rm = TRUE)
    for (name in names(size)[order(-size)][seq_len(min(5, length(size)))])
      measures[[paste0("Would change: ", inside(s$themes[[sub("^change__", "", name)]]))]] <- coded[[name]] == 1
  }
  found <- lapply(measures, function(yes) pooled_districts(s, yes))
  found <- c(Filter(Negate(is.null), found), if (!is.null(both)) shifts_by_district(s))
  placed <- if (length(s$placed)) s$placed else question(s, "district")$labels
  kept <- c("measure", "level", "gap", "gap_low", "gap_high", "error", "n")
  rows <- do.call(rbind, lapply(names(found), function(name) cbind(measure = name, found[[name]])[kept]))
  rows[rows$level %in% placed, ]
}
