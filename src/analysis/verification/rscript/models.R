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

# --- Satisfaction: whose, and by what -------------------------------------------------------------
satisfaction_people <- function(s) {
  roles <- Filter(function(x) has(s, x), c(s$used, "satisfaction", "district"))
  rows <- which(answered(s, roles)); several <- has(s, s$used) && question(s, s$used)$kind == "multiple"
  people <- data.frame(row = rows, satisfaction = droplevels(ordered(answer(s, "satisfaction")[rows], levels(answer(s, "satisfaction")))))
  terms <- character(0)
  if (has(s, "district")) people$district <- droplevels(answer(s, "district")[rows])
  if (has(s, s$used) && several) {
    did <- named(s, s$used)[rows, , drop = FALSE]; size <- colSums(did)
    kept <- which(size >= s$threshold & nrow(did) - size >= s$threshold)
    for (at in kept) people[[paste0("channel", at)]] <- as.numeric(did[, at])
    terms <- setNames(paste0("channel", kept), colnames(did)[kept])
  } else if (has(s, s$used)) {
    own <- as.character(answer(s, s$used)[rows]); size <- table(own)
    own[own %in% names(size)[size < s$threshold]] <- "Used by few people each"
    people$channel <- factor(own, levels = intersect(c(question(s, s$used)$labels, "Used by few people each"), own))
    terms <- c(channel = "channel")
  }
  list(people = people, terms = terms, rows = rows)
}

# Whether satisfaction differs with having used what one prefers
got_preferred <- function(s, W = NULL) {
  made <- satisfaction_people(s); people <- made$people
  people$got <- as.numeric(used_preferred(s)[made$rows])
  kept <- !is.na(people$got); terms <- c(unname(made$terms), if (has(s, "district")) "district", "got")
  if (has(s, "reason")) {
    people$reason <- answer(s, "reason")[made$rows]
    kept <- kept & !is.na(people$reason); terms <- c(terms, "reason")
  }
  people <- people[kept, ]; weight <- NULL
  if (!is.null(W)) {
    if (weights_tell(W, seq_len(s$n) %in% people$row)) return(NULL)
    at <- match(people$row, W$rows); people <- people[!is.na(at), ]
    weight <- as.vector(weights(W$design))[at[!is.na(at)]]
  }
  people <- droplevels(people)
  difference_of(fit_clm("satisfaction", terms, people, weight), "got", best_answers(s, "satisfaction"))
}

# --- The spread between districts, integrated on a fine grid; clmm gives the start ----------------
district_spread <- function(s) {
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
  sd <- abs(tail(best$par, 1)); at <- head(best$par, -1)
  stopifnot(abs(sd - unlist(start$ST)) < 5e-3)   # clmm's search stops early, but near
  lost <- function(each) inner(each, at)$objective - best$objective - qchisq(0.95, 1) / 2
  low <- if (sd > 0 && lost(0) > 0) uniroot(lost, c(0, sd), tol = 1e-7)$root else 0
  far <- max(2 * sd, 0.5); while (lost(far) < 0 && far < 50) far <- 2 * far
  list(estimate = sd, ends = c(low, uniroot(lost, c(sd, far), tol = 1e-7)$root), n = nrow(people))
}

# --- The plan's test of districts, adjusted by Holm's method in its family -------------------------
satisfaction_p <- function(s) {
  made <- satisfaction_people(s); people <- made$people; terms <- unname(made$terms); p <- c()
  likelihood <- function(terms) as.numeric(logLik(fit_clm("satisfaction", if (length(terms)) terms else "1", people)$fit))
  mixed <- suppressWarnings(clmm(reformulate(c(terms, "(1 | district)"), "satisfaction"), data = people, nAGQ = 10))
  p["districts"] <- pchisq(max(0, 2 * (as.numeric(logLik(mixed)) - likelihood(terms))), 1, lower.tail = FALSE) / 2
  if (length(terms)) {
    columns <- sum(sapply(terms, function(x) if (is.factor(people[[x]])) nlevels(people[[x]]) - 1 else 1))
    p["channels"] <- pchisq(2 * (likelihood(c(terms, "district")) - likelihood("district")), columns, lower.tail = FALSE)
  }
  if (has(s, s$used, "preferred")) {
    a <- both_answers(s); d <- a$preferred - a$used; set.seed(20231015)   # each person's answers swapped
    S <- MASS::ginv(crossprod(d)); far <- function(x) as.numeric(t(x) %*% S %*% x); own <- far(colSums(d))
    swapped <- replicate(1999, far(colSums(d * sample(c(-1, 1), nrow(d), TRUE))))
    p["shift"] <- (1 + sum(swapped >= own - 1e-9)) / 2000
    found <- got_preferred(s); z <- (atanh(found$ends) - atanh(found$estimate))[2] / qnorm(0.975) * (1 - found$estimate^2)
    p["got"] <- 2 * pnorm(-abs(found$estimate / z))
  }
  mine <- names(p) %in% s$primary; family <- if ("districts" %in% s$primary) p[mine] else p[!mine]
  p.adjust(family, "holm")[["districts"]]
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
