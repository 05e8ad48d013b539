# Shares, shifts and their intervals, without weights and with those of the package survey.

wilson <- function(yes, n) as.vector(suppressWarnings(prop.test(yes, n, correct = FALSE))$conf.int)
plain_share <- function(yes) {
  yes <- yes[!is.na(yes)]
  list(estimate = mean(yes), ends = wilson(sum(yes), length(yes)), n = length(yes))
}

# --- Weights -------------------------------------------------------------------------------------
# A design of the people with a weight: raked to the population, or with the survey's own weights
weigh <- function(s) {
  if (has(s, "weight")) {
    weight <- suppressWarnings(as.numeric(s$cells[[question(s, "weight")$columns]]))
    rows <- which(!is.na(weight) & weight > 0)
    if (!length(rows)) return(NULL)
    design <- svydesign(~1, weights = ~weight, data = data.frame(row = rows, weight = weight[rows]))
    return(list(rows = rows, design = design, margins = NULL, composition = supplied_margins(s, rows, weight)))
  }
  if (is.null(s$counted)) return(NULL)
  raked_weights(s)
}

raked_weights <- function(s) {
  wanted <- s$population
  rows <- rep(TRUE, s$n)
  if (nzchar(wanted$among)) rows <- s$cells[[wanted$among]] %in% wanted$people_of
  for (role in names(wanted$outside)) rows <- rows & !(s$cells[[role]] %in% wanted$outside[[role]])
  rows <- which(rows)
  people <- data.frame(row = rows); totals <- list()
  margins <- if (is.list(wanted$margins)) wanted$margins else split(wanted$margins, row(wanted$margins))
  for (at in seq_along(margins)) {
    made <- margin_of(s, rows, margins[[at]]); unsaid <- mean(is.na(made$own))
    table <- made$table * (1 - unsaid)
    if (unsaid > 0) table <- c(table, `Not told` = sum(made$table) * unsaid)
    people[[paste0("m", at)]] <- factor(ifelse(is.na(made$own), "Not told", made$own), levels = names(table))
    totals[[paste0("m", at)]] <- table
  }
  total <- sum(totals[[1]]); people$start <- total / nrow(people)
  formula <- reformulate(names(totals))
  known <- c(total, unlist(lapply(totals, function(t) t[-1])))
  names(known) <- colnames(model.matrix(formula, people))
  design <- calibrate(svydesign(~1, weights = ~start, data = people), formula, known, calfun = "raking",
                      epsilon = 1e-11, maxit = 500)
  calibrated <- as.vector(weights(design))
  if (wanted$largest_weight > 0 && max(weights(design)) > wanted$largest_weight * mean(weights(design)))
    design <- trimWeights(design, upper = wanted$largest_weight * mean(weights(design)), strict = TRUE)
  composition <- lapply(names(totals), function(name) {
    kept <- setdiff(names(totals[[name]]), "Not told")
    data.frame(category = kept, n = as.vector(table(people[[name]])[kept]), share = totals[[name]][kept] / sum(totals[[name]][kept]))
  })
  list(rows = rows, design = design, margins = model.matrix(formula, people), calibrated = calibrated, composition = composition)
}

margin_of <- function(s, rows, roles) {
  people <- tapply(s$counted$people, s$counted[[roles[1]]], sum)
  first <- as.character(answer(s, roles[1])[rows])
  labels <- intersect(question(s, roles[1])$labels, names(people)[people > 0])
  if (length(roles) == 1) return(list(own = first, table = people[labels]))
  second <- as.character(answer(s, roles[2])[rows])
  told <- !is.na(first) & !is.na(second)
  levels2 <- unique(s$counted[[roles[2]]][s$counted$people > 0])
  counts <- table(factor(first[told], labels), factor(second[told], levels2))
  if (min(colSums(counts)) < s$threshold) return(margin_of(s, rows, roles[-1]))
  seen <- intersect(question(s, roles[2])$labels, unique(second[told]))
  to <- join_small(matrix(counts[, seen], ncol = length(seen), dimnames = list(labels, seen)), s$threshold, question(s, roles[1])$in_order)
  own <- ifelse(told, paste0(to[first], ", ", second), NA)
  of <- paste0(to[s$counted[[roles[1]]]], ", ", s$counted[[roles[2]]])
  table <- tapply(s$counted$people, factor(of, levels = unique(of)), sum)
  list(own = own, table = table[table > 0])
}

supplied_margins <- function(s, rows, weight) {
  lapply(Filter(function(x) has(s, x), c("district", "age", "sex")), function(role) {
    own <- answer(s, role)[rows]; held <- tapply(weight[rows], droplevels(own), sum)
    data.frame(category = names(held), n = as.vector(table(droplevels(own))), share = as.vector(held / sum(held)))
  })
}

# Weighted means of columns of values (a row a person, NA outside the domain) with their covariance
weighted_means <- function(W, values) {
  mine <- as.data.frame(values[W$rows, , drop = FALSE]); names(mine) <- paste0("v", seq_along(mine))
  domain <- !is.na(mine[[1]]); mine[!domain, ] <- 0
  design <- do.call(update, c(list(W$design), as.list(mine)))
  found <- svymean(reformulate(names(mine)), design[domain, ])
  list(estimate = as.vector(coef(found)), cov = as.matrix(vcov(found)), n = sum(domain),
       kish = sum(weights(W$design)[domain])^2 / sum(weights(W$design)[domain]^2), domain = domain)
}

# Whether a weighted number, beside the one of all, would tell of few people: the codebook's rule
weights_tell <- function(W, told) {
  heavy <- sum(told[W$rows]); without <- sum(told) - heavy
  heavy < W$threshold || (without > 0 && without < W$threshold)
}

# A weighted share with Korn and Graubard's interval of no more people than answered
weighted_share <- function(W, yes) {
  if (is.null(W) || weights_tell(W, !is.na(yes))) return(NULL)
  mine <- yes[W$rows]
  if (min(sum(yes, na.rm = TRUE), sum(mine, na.rm = TRUE), sum(!mine, na.rm = TRUE)) < W$threshold) return(NULL)
  m <- weighted_means(W, matrix(as.numeric(yes))); p <- m$estimate; error <- sqrt(m$cov[1, 1])
  people <- if (p <= 0 || p >= 1) m$kish else min(p * (1 - p) / error^2, m$n)
  ends <- c(if (p <= 0) 0 else qbeta(0.025, p * people, people - p * people + 1),
            if (p >= 1) 1 else qbeta(0.975, p * people + 1, people - p * people))
  list(estimate = p, ends = ends, n = m$n)
}

# How far weights move a share: weighted less unweighted, of the same people
weights_move <- function(W, yes) {
  mine <- as.numeric(yes[W$rows]); domain <- !is.na(mine); n <- sum(domain)
  w <- as.vector(weights(W$design)); m <- weighted_means(W, matrix(as.numeric(yes)))
  bare <- ifelse(domain, (mine - m$estimate) / sum(w[domain]), 0)
  heavy <- w * bare
  if (!is.null(W$margins)) heavy <- W$calibrated * residuals(lm.fit(W$margins, heavy / W$calibrated))
  spread <- function(u) sqrt(length(u) / (length(u) - 1) * sum((u - mean(u))^2))
  stopifnot(abs(spread(heavy) / sqrt(m$cov[1, 1]) - 1) < 1e-6)   # as survey's own standard error
  plain <- mean(mine[domain]); moved <- heavy - ifelse(domain, (mine - plain) / n, 0)
  list(estimate = m$estimate - plain, moved = moved, error = spread(moved), n = n)
}

# --- Shifts --------------------------------------------------------------------------------------
bonett_price <- function(b, c, n, z) {
  p <- (b + 1) / (n + 2); q <- (c + 1) / (n + 2)
  pmin(1, pmax(-1, (q - p) + c(-1, 1) * z * sqrt((p + q - (q - p)^2) / (n + 2))))
}

# The bound that the largest of several correlated t or normal statistics keeps in 95%
max_t <- function(cov, df = Inf) {
  inside <- diag(cov) > 1e-14; R <- cov2cor(cov[inside, inside, drop = FALSE])
  single <- qt(0.975, df)
  if (nrow(R) < 2 || all(abs(abs(R) - 1) < 1e-9)) return(single)
  chance <- function(z) { set.seed(1)
    k <- nrow(R)
    p <- if (is.finite(df)) pmvt(rep(-z, k), rep(z, k), df = as.integer(df), corr = R, algorithm = GenzBretz(8e5, 2e-5, 0))
         else pmvnorm(rep(-z, k), rep(z, k), corr = R, algorithm = GenzBretz(2e5, 2e-5, 0))
    as.numeric(p) - 0.95 }
  uniroot(chance, c(single, 2 * single), tol = 1e-5)$root
}

# Both answers of the people who gave both, the same columns
both_answers <- function(s, by_group = FALSE) {
  of <- if (by_group) named_groups else named
  used <- of(s, s$used); preferred <- of(s, "preferred")
  every <- union(colnames(used), colnames(preferred))
  if (all(every %in% colnames(preferred))) every <- colnames(preferred)
  if (all(every %in% colnames(used))) every <- colnames(used)
  fill <- function(m) sapply(setNames(every, every), function(x) if (x %in% colnames(m)) m[, x] else ifelse(is.na(m[, 1]), NA, FALSE))
  people <- which(answered(s, s$used, "preferred"))
  list(people = people, used = fill(used)[people, ], preferred = fill(preferred)[people, ])
}

# Every shift, made once
kept_shifts <- new.env()
shifts <- function(s, by_group = FALSE) {
  name <- paste(by_group)
  if (is.null(kept_shifts[[name]])) kept_shifts[[name]] <- all_shifts(s, by_group)
  kept_shifts[[name]]
}

# Every shift, with the interval that holds together with the others, as far as counts may be told
all_shifts <- function(s, by_group) {
  a <- both_answers(s, by_group); n <- length(a$people); t <- s$threshold
  moved <- a$preferred - a$used
  cov <- crossprod(sweep(moved, 2, colMeans(moved))) / n^2
  bound <- max_t(cov)
  rows <- lapply(colnames(moved), function(each) {
    u <- sum(a$used[, each]); p <- sum(a$preferred[, each]); both <- sum(a$used[, each] & a$preferred[, each])
    exact <- bonett_price(u - both, p - both, n, bound); told <- exact; rough <- min(both, u - both, p - both) < t
    if (rough) {   # all numbers who may have named it twice, next to the true one and with a small count too
      small <- function(b) min(b, u - b, p - b) < t
      low <- both; while (low - 1 >= max(0, u + p - n) && small(low - 1)) low <- low - 1
      high <- both; while (high + 1 <= min(u, p) && small(high + 1)) high <- high + 1
      ends <- sapply(low:high, function(b) bonett_price(u - b, p - b, n, bound))
      told <- c(floor(min(ends) * 100 + 1e-9), ceiling(max(ends) * 100 - 1e-9)) / 100
    }
    single <- question(s, s$used)$kind != "multiple" && question(s, "preferred")$kind != "multiple"
    few <- u < t || p < t || (!single && (n - u < t || n - p < t))
    data.frame(answer = each, estimate = (p - u) / n, low = exact[1], high = exact[2], told_low = told[1], told_high = told[2],
               error = diff(exact) / 2 / bound, rough, few, used = u, preferred = p, both, n)
  })
  do.call(rbind, rows)
}

# The same with weights: t intervals of the linearised standard error
weighted_shift <- function(W, s, each, by_group = FALSE, together = TRUE) {
  if (is.null(W)) return(NULL)
  a <- both_answers(s, by_group); values <- matrix(NA_real_, s$n, ncol(a$used)); values[a$people, ] <- a$preferred - a$used
  if (weights_tell(W, !is.na(values[, 1]))) return(NULL)
  m <- weighted_means(W, values); at <- match(each, colnames(a$used)); error <- sqrt(m$cov[at, at])
  bound <- if (together) max_t(m$cov, m$n - 1) else qt(0.975, m$n - 1)
  list(estimate = m$estimate[at], ends = m$estimate[at] + c(-1, 1) * bound * error, n = m$n, error = error)
}
