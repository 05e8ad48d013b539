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
  y <- as.vector(tapply(yes[inside], by, sum)); n <- as.vector(table(by)); t <- s$threshold
  if (sum(n >= t) < 3 || sum(y) < t || sum(n - y) < t) return(NULL)
  cbind(level = levels(by), pool(y, n), hidden = few_told(cbind(y, n - y), t))
}

# Groups whose own share is not told, or in steps of five: few of one kind, and further ones until
# the total of those hidden leaves each of them room
few_told <- function(people, t) {
  hidden <- apply(people < t, 1, any); first <- order(apply(people, 1, min))
  together <- function() colSums(people[hidden, , drop = FALSE])
  if (any(hidden)) for (row in first) { if (sum(hidden) > 1 && !any(together() < t)) break; hidden[row] <- TRUE }
  if (any(hidden)) for (row in first) { if (sum(hidden) > 2 && all(together() >= 2 * t)) break; hidden[row] <- TRUE }
  hidden
}

# Of one answer a person: the groups of which no district tells how few are in the rest
kept_parts <- function(s, groups, named) {
  by <- answer(s, "district"); placed <- if (length(s$placed)) s$placed else levels(by)
  inside <- !is.na(groups[, 1]) & by %in% placed
  if (!all(rowSums(groups[!is.na(groups[, 1]), , drop = FALSE]) == 1)) return(named)
  counts <- rowsum(groups[inside, ] * 1, as.character(by[inside])); counts <- counts[rowSums(counts) >= s$threshold, , drop = FALSE]
  kept <- named[order(colSums(counts[, named, drop = FALSE]))]
  rest <- function() rowSums(counts[, setdiff(colnames(counts), kept), drop = FALSE])
  while (length(kept) > 1 && any(rest() < s$threshold)) kept <- kept[-1]
  intersect(named, kept)
}

# y_g ~ N(theta_g, v_g), theta_g ~ N(mu, tau^2), mu flat, tau flat on 0 to 1
normal_normal <- function(y, v) {
  log_of <- function(tau) sapply(tau, function(x) { w <- 1 / (v + x^2); mu <- sum(w * y) / sum(w)
    0.5 * (sum(log(w)) - log(sum(w)) - sum(w * (y - mu)^2)) })
  t <- (seq_len(4000) - 0.5) / 4000; tau <- t^3   # closer where it is small
  mass <- log_of(tau) + 2 * log(t); mass <- exp(mass - max(mass)); mass <- mass / sum(mass)
  mode <- optimize(log_of, c(0, 1), maximum = TRUE, tol = 1e-8)$maximum
  kept <- mass > 1e-14; tau <- tau[kept]; mass <- mass[kept] / sum(mass[kept])
  w <- sapply(v, function(x) 1 / (x + tau^2)); mu <- as.vector(w %*% y) / rowSums(w)
  do.call(rbind, lapply(seq_along(y), function(g) {
    keep <- tau^2 / (v[g] + tau^2); mean_g <- mu + keep * (y[g] - mu)
    sd_g <- sqrt(keep * v[g] + (1 - keep)^2 / rowSums(w))
    end <- function(p) uniroot(function(x) sum(mass * pnorm(x, mean_g, sd_g)) - p, range(mean_g + 9 * sd_g, mean_g - 9 * sd_g), tol = 1e-9)$root
    data.frame(estimate = sum(mass * mean_g), low = end(0.025), high = end(0.975), weight = mode^2 / (mode^2 + v[g]))
  }))
}

# How often people dealt to the groups at random have means as far apart
deals <- 4999
dealt_p <- function(d, by) {
  apart <- function(d) sum(rowsum(d, by)^2 / as.vector(table(by)))
  set.seed(20231015); own <- apart(d)
  (1 + sum(replicate(deals, apart(sample(d))) >= own - 1e-9)) / (1 + deals)
}

shifts_by_district <- function(s) {
  a <- both_answers(s, by_group = TRUE); by <- answer(s, "district")[a$people]; told <- !is.na(by); by <- droplevels(by[told])
  moved <- (a$preferred - a$used)[told, ]; n <- as.vector(table(by)); found <- list()
  wish <- tolower(s$words$preferred_short); act <- tolower(s$words$used_short); t <- s$threshold
  if (sum(n >= t) < 3) return(found)
  small <- n < t; if (sum(small) == 1) small[which(!small)[which.min(n[!small])]] <- TRUE
  for (each in setdiff(colnames(moved), other_channel(s))) {
    d <- moved[, each]; mean_g <- as.vector(tapply(d, by, mean))
    within <- max(sum((d - mean_g[as.integer(by)])^2) / (length(d) - nlevels(by)), 1 / length(d))
    shrunk <- normal_normal(mean_g, within / n); all_of <- mean(d)
    few <- pmin(tapply(a$used[told, each], by, sum), tapply(a$preferred[told, each], by, sum)) < t
    found[[sprintf("%s: shift (%s minus %s)", each, wish, act)]] <- data.frame(
      level = levels(by), gap = shrunk$estimate - all_of, gap_low = shrunk$low - all_of, gap_high = shrunk$high - all_of, error = 0, n = n,
      hidden = small | (few & shrunk$weight > 0.5), p_value = dealt_p(d, by))
  }
  found
}

# The groups of channels that districts are compared on, used and preferred
group_measures <- function(s) {
  found <- list(); both <- answered(s, s$used, "preferred")
  did <- named_groups(s, s$used); did[!both, ] <- NA
  wish <- named_groups(s, "preferred")
  unasked <- s$cells[[question(s, s$used)$columns[1]]] == "not_asked" & answered(s, "preferred")
  few_outside <- if (any(unasked)) { size <- colSums(wish[unasked, , drop = FALSE]); names(size)[size > 0 & size < s$threshold] } else character(0)
  wish[!(both | unasked), ] <- NA
  all_of <- shifts(s, TRUE); secret <- c(other_channel(s), all_of$answer[all_of$few])
  for (g in kept_parts(s, did, setdiff(colnames(did), secret))) found[[paste0(s$words$used_short, ": ", inside(g))]] <- did[, g]
  for (g in kept_parts(s, wish, setdiff(colnames(wish), c(secret, few_outside)))) found[[paste0(s$words$preferred_short, ": ", inside(g))]] <- wish[, g]
  found
}

# Every gap of every district that may be shown, of every measure; "credible" where the measure's
# districts differ (Holm over the measures, satisfaction by the plan) and the interval leaves out 0
district_gaps <- function(s) {
  pair <- has(s, s$used, "preferred"); measures <- if (pair) group_measures(s) else list()
  others <- headline_answers(s); others <- others[!startsWith(names(others), paste0(s$words$preferred_short, ": "))]
  satisfied <- at_start(s$words$satisfied)
  modelled <- has(s, "satisfaction") && splits(s, is_best(s, "satisfaction")) && satisfaction_people(s)$districts
  if (modelled) {   # of the people whose satisfaction is modelled
    mine <- rep(NA, s$n); rows <- satisfaction_people(s)$rows; mine[rows] <- is_best(s, "satisfaction")[rows]
    others[[satisfied]] <- mine
  }
  measures <- c(measures, others)
  if (!is.null(s$coded)) {
    coded <- s$coded[grepl("^change__", names(s$coded))]; size <- colSums(coded, na.rm = TRUE)
    for (name in names(size)[order(-size)][seq_len(min(5, length(size)))])
      measures[[paste0("Would change: ", inside(s$themes[[sub("^change__", "", name)]]))]] <- coded[[name]] == 1
  }
  found <- Filter(Negate(is.null), lapply(measures, function(yes) pooled_districts(s, yes)))
  if (pair) found <- c(found, shifts_by_district(s))
  p <- own <- sapply(found, function(x) x$p_value[1]); apart <- !(modelled & names(p) == satisfied)
  rough <- ifelse(grepl(": shift (", names(p), fixed = TRUE), 3 * sqrt(own * (1 - own) / deals), 0)
  names(rough) <- names(p)
  p[apart] <- p.adjust(p[apart], "holm")
  if (any(!apart)) { plan <- satisfaction_p(s); p[!apart] <- plan[["adjusted"]]; own[!apart] <- plan[["own"]] }
  placed <- if (length(s$placed)) s$placed else question(s, "district")$labels
  kept <- c("measure", "level", "gap", "gap_low", "gap_high", "error", "n", "hidden")
  rows <- do.call(rbind, lapply(names(found), function(name) cbind(measure = name, found[[name]])[kept]))
  rows <- rows[rows$level %in% placed & !rows$hidden, ]
  clear <- rows$gap_low > 0 | rows$gap_high < 0
  rows$kind <- ifelse(clear & p[rows$measure] < 0.05, 1, ifelse(clear, 2, 3))
  # where no interval leaves out 0, the gaps of the measure on which districts differ most
  first <- order(p, own); rows$class <- c("credible", "pointer", "none")[rows$kind]
  rows$class_value <- rows$class_error <- 0; rows$place <- 0
  if (all(rows$kind == 3) && any(rows$measure == names(p)[first[1]])) {
    rows$class <- rows$measure; rows$place <- match(rows$measure, names(p)[first])
    rows$class_value <- own[rows$measure] + 10 * p[rows$measure]; rows$class_error <- rough[rows$measure]
  }
  rows[order(rows$kind, rows$place, -round(abs(rows$gap), 3)), ]
}
