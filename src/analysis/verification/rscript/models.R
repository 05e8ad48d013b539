# Cumulative logit models by the package ordinal; shares predicted from them by the delta method.

tight <- clm.control(gradTol = 1e-10, maxIter = 200)

fit_clm <- function(outcome, terms, people, weight = NULL) {
  people$own_weight <- if (is.null(weight)) 1 else weight / mean(weight)
  formula <- reformulate(terms, outcome)
  environment(formula) <- environment()
  fit <- suppressWarnings(clm(formula, data = people, weights = own_weight, control = tight))
  list(fit = fit, people = people, terms = terms, outcome = outcome, weight = people$own_weight,
       weighted = !is.null(weight))
}

design_of <- function(m, people) {
  x <- model.matrix(reformulate(m$terms), people)[, -1, drop = FALSE]
  x[, names(m$fit$beta), drop = FALSE]
}

# Covariance: the inverse Hessian, or the sandwich with weights
covariance <- function(m) {
  bread <- solve(m$fit$Hessian)
  if (!m$weighted) return(bread)
  x <- design_of(m, m$people); y <- as.integer(m$fit$y); cuts <- length(m$fit$alpha)
  log_chance <- function(p) {
    edges <- c(-Inf, p[1:cuts], Inf); eta <- as.vector(x %*% p[-(1:cuts)])
    log(plogis(edges[y + 1] - eta) - plogis(edges[y] - eta))
  }
  scores <- numDeriv::jacobian(log_chance, coef(m$fit)) * m$weight
  n <- length(y)
  n / (n - 1) * bread %*% crossprod(scores) %*% bread
}

# The mean share of the best answers with everybody set to something, as a function of parameters
share_function <- function(m, best, set) {
  people <- m$people
  for (name in names(set)) people[[name]] <- if (is.factor(people[[name]])) factor(set[[name]], levels = levels(people[[name]])) else set[[name]]
  x <- design_of(m, people); cuts <- length(m$fit$alpha); is_best <- m$fit$y.levels %in% best
  weight <- m$weight / sum(m$weight)
  function(p) {
    eta <- as.vector(x %*% p[-(1:cuts)])
    below <- cbind(0, plogis(outer(-eta, p[1:cuts], "+")), 1)
    sum(weight * ((below[, -1] - below[, -ncol(below)])[, is_best, drop = FALSE] %*% rep(1, sum(is_best))))
  }
}

# The share of each category of a term, with intervals on the logit scale
predicted <- function(m, term, best) {
  V <- covariance(m); at <- coef(m$fit)
  best_here <- as.character(m$people[[m$outcome]]) %in% best
  levels_of <- if (is.factor(m$people[[term]])) levels(droplevels(m$people[[term]])) else 1
  do.call(rbind, lapply(levels_of, function(level) {
    f <- share_function(m, best, setNames(list(level), term)); p <- f(at)
    g <- numDeriv::grad(f, at); reach <- qnorm(0.975) * sqrt(sum(g * (V %*% g))) / (p * (1 - p))
    mine <- m$people[[term]] == level
    data.frame(level = as.character(level), estimate = p, low = plogis(qlogis(p) - reach), high = plogis(qlogis(p) + reach),
               n = sum(mine), top = sum(mine & best_here))
  }))
}

# The difference that an indicator makes, with an interval on Fisher's scale
difference_of <- function(m, term, best) {
  f1 <- share_function(m, best, setNames(list(1), term)); f0 <- share_function(m, best, setNames(list(0), term))
  f <- function(p) f1(p) - f0(p); at <- coef(m$fit)
  d <- f(at); g <- numDeriv::grad(f, at); error <- sqrt(sum(g * (covariance(m) %*% g)))
  list(estimate = d, ends = tanh(atanh(d) + c(-1, 1) * qnorm(0.975) * error / (1 - d^2)), n = nrow(m$people))
}

# Whether the likelihood of a model has a finite maximum: where answers are separated the search
# runs far out along a line on which nothing changes any more
is_finite <- function(outcome, terms, people, weight = NULL) {
  groups <- Filter(function(each) length(unique(people[[each]])) < 2, terms)
  if (nrow(people) == 0 || length(unique(people[[outcome]])) < 2 || length(groups)) return(FALSE)
  if (!length(terms)) return(TRUE)
  fit <- tryCatch(fit_clm(outcome, terms, people, weight)$fit, error = function(e) NULL)
  !is.null(fit) && !anyNA(coef(fit)) && max(abs(coef(fit))) < 12
}

# --- Satisfaction: whose, and by what -------------------------------------------------------------
splits <- function(s, yes) sum(yes, na.rm = TRUE) >= s$threshold && sum(!yes, na.rm = TRUE) >= s$threshold

# People of whom channels are compared, those that few used gathered, with the terms of the model
channel_people <- function(s, rows) {
  people <- people_of(s, rows); terms <- character(0)
  if (question(s, s$used)$kind == "multiple") {
    did <- named(s, s$used)[rows, , drop = FALSE]; size <- colSums(did)
    kept <- which(size >= s$threshold & nrow(did) - size >= s$threshold)
    for (at in kept) people[[paste0("channel", at)]] <- as.numeric(did[, at])
    terms <- setNames(paste0("channel", kept), colnames(did)[kept])
  } else {
    own <- as.character(answer(s, s$used)[rows]); size <- table(own)
    own[own %in% names(size)[size < s$threshold]] <- "Used by few people each"
    people$channel <- factor(own, levels = intersect(c(question(s, s$used)$labels, "Used by few people each"), own))
    terms <- c(channel = "channel")
  }
  list(people = people, terms = terms)
}

people_of <- function(s, rows) {
  given <- answer(s, "satisfaction")
  people <- data.frame(row = rows, satisfaction = droplevels(ordered(given[rows], levels(given))))
  if (has(s, "district")) people$district <- droplevels(answer(s, "district")[rows])
  people
}

# Whether channels can be compared: enough answers of both kinds, and shares that may be shown
channels_told <- function(s, ...) {
  if (!has(s, s$used)) return(FALSE)
  rows <- which(answered(s, s$used, "satisfaction", ...)); best <- is_best(s, "satisfaction")[rows]
  if (!splits(s, best)) return(FALSE)
  made <- channel_people(s, rows); t <- s$threshold
  if (!("channel" %in% made$terms)) {
    told <- sapply(unname(made$terms), function(x) { did <- made$people[[x]] == 1
      n <- sum(did); n >= t && (n >= 10 * t || splits(s, best[did])) })
    return(sum(as.logical(told)) >= 1)
  }
  by <- made$people$channel; n <- as.vector(table(by)); top <- as.vector(tapply(best, by, sum))
  few <- few_told(cbind(top, n - top), t); small <- n < t; order_of <- order(n)
  if (any(small)) for (at in order_of) { if (sum(small) > 1 && sum(n[small]) >= t) break; small[at] <- TRUE }
  sum(!small & !(few & n < 10 * t)) >= 2   # a step of five percent is a person or two of so few
}

districts_told <- function(s, ...) {
  if (!has(s, "district")) return(FALSE)
  rows <- which(answered(s, "district", "satisfaction", ...))
  splits(s, is_best(s, "satisfaction")[rows]) && sum(table(answer(s, "district")[rows]) >= s$threshold) >= 3
}

# Made once: the people of the models of satisfaction, the terms of the channels, and whether
# channels and districts fit into one model
kept_design <- new.env()
satisfaction_people <- function(s) {
  if (is.null(kept_design$made)) kept_design$made <- design_of_satisfaction(s)
  kept_design$made
}
design_of_satisfaction <- function(s) {
  channels <- channels_told(s); districts <- districts_told(s)
  if (channels && districts) {
    districts <- districts_told(s, s$used)
    if (districts) channels <- channels_told(s, "district")
  }
  rows <- which(answered(s, c(if (channels) s$used, "satisfaction", if (districts) "district")))
  made <- list(people = people_of(s, rows), terms = character(0))
  if (channels) {
    found <- channel_people(s, rows)
    channels <- is_finite("satisfaction", unname(found$terms), found$people)
    if (channels) made <- found
  }
  districts <- districts && length(unique(made$people$district)) > 1
  together <- channels && districts && is_finite("satisfaction", c(unname(made$terms), "district"), made$people)
  made$rows <- rows; made$districts <- districts
  made$formula <- c(unname(made$terms), if (together) "district")
  made
}

# The people of whom it is known whether they used what they prefer, and the terms of the model
got_people <- function(s) {
  made <- satisfaction_people(s); people <- made$people
  people$got <- as.numeric(used_preferred(s)[made$rows])
  kept <- !is.na(people$got); terms <- c(made$formula, "got")
  if (has(s, "reason")) {
    people$reason <- answer(s, "reason")[made$rows]; kept <- kept & !is.na(people$reason)
  }
  people <- droplevels(people[kept, ])
  if (has(s, "reason") && is_finite("satisfaction", c(terms, "reason"), people)) terms <- c(terms, "reason")
  list(people = people, terms = terms)
}

# Whether both of them, and the others, gave enough answers of both kinds
got_told <- function(s) {
  if (!has(s, s$used, "preferred")) return(FALSE)
  made <- got_people(s); best <- as.character(made$people$satisfaction) %in% best_answers(s, "satisfaction")
  did <- made$people$got == 1
  splits(s, best[did]) && splits(s, best[!did]) && is_finite("satisfaction", setdiff(made$terms, "reason"), made$people)
}

# Whether satisfaction differs with having used what one prefers
got_preferred <- function(s, W = NULL) {
  made <- got_people(s); people <- made$people; weight <- NULL
  if (!is.null(W)) {
    if (weights_tell(W, seq_len(s$n) %in% people$row)) return(NULL)
    at <- match(people$row, W$rows); people <- droplevels(people[!is.na(at), ])
    weight <- as.vector(weights(W$design))[at[!is.na(at)]]
    if (!is_finite("satisfaction", made$terms, people, weight)) return(NULL)
  }
  difference_of(fit_clm("satisfaction", made$terms, people, weight), "got", best_answers(s, "satisfaction"))
}

# --- The spread between districts, integrated on a fine grid; clmm gives the start ----------------
# Log-likelihoods nearer than this are one: what a search in double precision can tell apart
flat <- 1e-8
district_spread <- function(s) {
  if (is.null(kept_design$spread)) kept_design$spread <- spread_of_districts(s)
  kept_design$spread
}
spread_of_districts <- function(s) {
  made <- satisfaction_people(s); people <- made$people; terms <- unname(made$terms)
  start <- suppressWarnings(clmm(reformulate(c(terms, "(1 | district)"), "satisfaction"), data = people, nAGQ = 10))
  x <- if (length(terms)) model.matrix(reformulate(terms), people)[, names(start$beta), drop = FALSE] else matrix(0, nrow(people), 0)
  pattern <- interaction(people$satisfaction, people$district, apply(x, 1, paste, collapse = ""), drop = TRUE)
  first <- !duplicated(pattern); count <- as.vector(table(pattern)[as.character(pattern[first])])
  x <- x[first, , drop = FALSE]; y <- as.integer(people$satisfaction)[first]; by <- as.integer(people$district)[first]
  cuts <- length(start$alpha); nodes <- seq(-7, 7, by = 0.2); log_mass <- dnorm(nodes, log = TRUE) + log(0.2)
  at_nodes <- function(p, sd) {   # the trapezoid rule on an even grid, which is exact to many digits here
    edges <- c(-Inf, p[1:cuts], Inf); eta <- if (ncol(x)) as.vector(x %*% p[-(1:cuts)]) else 0
    shift <- outer(rep(0, length(y)) + eta, sd * nodes, "+")
    high <- plogis(edges[y + 1] - shift); low <- plogis(edges[y] - shift); chance <- high - low
    logs <- rowsum(count * log(chance), by) + rep(log_mass, each = length(unique(by))); top <- apply(logs, 1, max)
    list(high = high, low = low, chance = chance, logs = logs, value = top + log(rowSums(exp(logs - top))))
  }
  minus <- function(p, sd) if (any(diff(p[1:cuts]) <= 0)) 1e10 else { v <- -sum(at_nodes(p, sd)$value); if (is.finite(v)) v else 1e10 }
  slope <- function(p, sd) {   # by thresholds, coefficients and the spread
    a <- at_nodes(p, sd); weight <- count * exp(a$logs - a$value)[match(by, sort(unique(by))), ]
    up <- weight * a$high * (1 - a$high) / a$chance; down <- weight * a$low * (1 - a$low) / a$chance
    moved <- rowSums(up - down); own <- rowSums(up); below <- rowSums(down)
    cut <- sapply(1:cuts, function(j) sum(own[y == j]) - sum(below[y == j + 1]))
    -c(cut, if (ncol(x)) -as.vector(moved %*% x), -sum((up - down) %*% nodes))
  }
  how <- list(rel.tol = 1e-13, iter.max = 500, eval.max = 2000)
  inner <- function(sd, from) nlminb(from, function(p) minus(p, sd), function(p) head(slope(p, sd), -1), control = how)
  at <- c(start$alpha, start$beta)
  best <- nlminb(c(at, unlist(start$ST)), function(p) minus(head(p, -1), tail(p, 1)),
                 function(p) slope(head(p, -1), tail(p, 1)), control = how)
  all_slopes <- function(p) slope(head(p, -1), tail(p, 1))
  for (round in 1:3) {   # a search by values ends where they no longer tell spreads apart; slopes do
    step <- tryCatch(solve(numDeriv::jacobian(all_slopes, best$par), all_slopes(best$par)), error = function(e) NA)
    next_at <- best$par - step
    if (anyNA(step) || max(abs(step)) > 0.01 || minus(head(next_at, -1), tail(next_at, 1)) > best$objective + flat) break
    best$par <- next_at; best$objective <- minus(head(next_at, -1), tail(next_at, 1))
  }
  sd <- abs(tail(best$par, 1)); at <- head(best$par, -1)
  none <- inner(0, at); gain <- none$objective - best$objective   # where the likelihood falls from 0 on, a search ends near 0, never at it
  if (none$objective < best$objective + flat) { best <- none; at <- none$par; sd <- gain <- 0 }
  stopifnot(abs(sd - unlist(start$ST)) < 5e-3 || abs(minus(c(start$alpha, start$beta), unlist(start$ST)) - best$objective) < 1e-3)   # clmm's search stops early, but near
  fall <- function(each) inner(each, at)$objective - best$objective
  lost <- function(each) fall(each) - qchisq(0.95, 1) / 2
  low <- if (sd > 0 && lost(0) > 0) uniroot(lost, c(0, sd), tol = 1e-7)$root else 0
  far <- max(2 * sd, 0.5); while (lost(far) < 0 && far < 50) far <- 2 * far
  flat_to <- if (sd > 0) 0 else uniroot(function(each) fall(each) - flat, c(0, far), tol = 1e-7)$root
  list(estimate = sd, ends = c(low, uniroot(lost, c(sd, far), tol = 1e-7)$root), n = nrow(people), flat_to = flat_to, gain = gain)
}

# --- The plan's test of districts, adjusted by Holm's method in its family -------------------------
satisfaction_p <- function(s) {
  made <- satisfaction_people(s); people <- made$people; terms <- unname(made$terms); p <- c()
  both <- intersect(made$formula, "district")
  likelihood <- function(terms) as.numeric(logLik(fit_clm("satisfaction", if (length(terms)) terms else "1", people)$fit))
  gain <- district_spread(s)$gain   # half the chi-squared p-value, and 1 where there is no spread
  p["districts"] <- if (gain > 0) pchisq(2 * gain, 1, lower.tail = FALSE) / 2 else 1
  if (length(terms)) {
    columns <- sum(sapply(terms, function(x) if (is.factor(people[[x]])) nlevels(people[[x]]) - 1 else 1))
    p["channels"] <- pchisq(2 * (likelihood(c(terms, both)) - likelihood(both)), columns, lower.tail = FALSE)
  }
  if (has(s, s$used, "preferred")) {
    a <- both_answers(s); d <- a$preferred - a$used; set.seed(20231015)   # each person's answers swapped
    if (nrow(d) >= s$threshold && enough_moved(s, d[rowSums(d != 0) > 0, , drop = FALSE])) {
      S <- MASS::ginv(crossprod(d)); far <- function(x) as.numeric(t(x) %*% S %*% x); own <- far(colSums(d))
      swapped <- replicate(1999, far(colSums(d * sample(c(-1, 1), nrow(d), TRUE))))
      p["shift"] <- (1 + sum(swapped >= own - 1e-9)) / 2000
    }
    if (got_told(s)) {
      found <- got_preferred(s); z <- (atanh(found$ends) - atanh(found$estimate))[2] / qnorm(0.975) * (1 - found$estimate^2)
      p["got"] <- 2 * pnorm(-abs(found$estimate / z))
    }
  }
  mine <- names(p) %in% s$primary; family <- if ("districts" %in% s$primary) p[mine] else p[!mine]
  c(adjusted = p.adjust(family, "holm")[["districts"]], own = p[["districts"]])
}

# Whether enough people gave two different answers, and of one line enough either way
enough_moved <- function(s, steps) {
  if (nrow(steps) < s$threshold) return(FALSE)
  if (qr(steps)$rank > 1) return(TRUE)
  first <- steps[, which(colSums(steps != 0) > 0)[1]]
  sum(first > 0) >= s$threshold && sum(first < 0) >= s$threshold
}

# --- tau-b with the standard error of the delta method over the cells of the table ----------------
tau_b <- function(first, second) {
  cells <- table(droplevels(first), droplevels(second)); n <- sum(cells); p <- as.vector(cells) / n
  tau_of <- function(p) {
    P <- matrix(p, nrow(cells)); same <- 0; turned <- 0
    for (i in seq_len(nrow(P))) for (j in seq_len(ncol(P))) {
      same <- same + P[i, j] * sum(P[row(P) > i & col(P) > j]); turned <- turned + P[i, j] * sum(P[row(P) > i & col(P) < j])
    }
    2 * (same - turned) / sqrt((sum(P)^2 - sum(rowSums(P)^2)) * (sum(P)^2 - sum(colSums(P)^2)))
  }
  tau <- cor(as.integer(first), as.integer(second), method = "kendall")
  stopifnot(abs(tau - tau_of(p)) < 1e-10)
  g <- numDeriv::grad(tau_of, p); error <- sqrt((sum(p * g^2) - sum(p * g)^2) / n)
  list(estimate = tau, ends = tanh(atanh(tau) + c(-1, 1) * qnorm(0.975) * error / (1 - tau^2)), n = n)
}
