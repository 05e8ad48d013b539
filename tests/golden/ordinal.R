# Golden numbers of the cumulative link models; sourced by make.R, which defines write() and ape11.
suppressMessages({ library(MASS); library(numDeriv) })

tight <- clm.control(gradTol = 1e-10, maxIter = 200)
links <- c("logit", "probit", "cloglog")
rows_of <- function(fit, ...) {
  shown <- as.data.frame(coef(summary(fit)))
  data.frame(..., term = rownames(shown), estimate = shown[, 1], std_error = shown[, 2],
             log_likelihood = as.numeric(logLik(fit)))
}

# --- Fixed effects, three links, and terms freed from proportional odds --------------------------
found <- list()
for (link in links) {
  found[[paste("h", link)]] <- rows_of(clm(Sat ~ Infl + Type + Cont, data = housing, weights = Freq,
                                           link = link, control = tight), data = "housing", link = link)
  found[[paste("w", link)]] <- rows_of(clm(rating ~ temp + contact, data = wine, link = link,
                                           control = tight), data = "wine", link = link)
}
write(do.call(rbind, found), "clm_links.csv")
freed <- rbind(
  rows_of(clm(rating ~ temp, nominal = ~contact, data = wine, control = tight), data = "wine"),
  rows_of(clm(Sat ~ Infl + Type, nominal = ~Cont, data = housing, weights = Freq, control = tight),
          data = "housing"))
write(freed, "clm_nominal.csv")
proportional <- clm(Sat ~ Infl + Type + Cont, data = housing, weights = Freq, control = tight)
parts <- c("Infl", "Type", "Cont")
by_term <- sapply(parts, function(part) {
  rest <- as.formula(paste("Sat ~", paste(setdiff(parts, part), collapse = " + ")))
  free <- eval(substitute(clm(rest, nominal = ~x, data = housing, weights = Freq, control = tight),
                          list(rest = rest, x = as.name(part))))
  test <- 2 * (logLik(free) - logLik(proportional))
  c(length(coef(free)) - length(coef(proportional)), test)
})
write(data.frame(term = parts, df = by_term[1, ], statistic = by_term[2, ],
                 p_value = pchisq(by_term[2, ], by_term[1, ], lower.tail = FALSE)), "nominal_test.csv")

# Rao's score for an interaction: clm's gradient at the smaller fit, and its Hessian with the counts
# that the smaller fit expects, which is the expected information
small <- clm(Sat ~ Infl + Type + Cont, data = housing, weights = Freq, control = tight)
cells <- aggregate(Freq ~ Infl + Type + Cont, housing, sum)
chance <- predict(small, newdata = cells[, c("Infl", "Type", "Cont")], type = "prob")$fit
wanted <- cells[rep(seq_len(nrow(cells)), 3), ]
wanted$Sat <- factor(rep(levels(housing$Sat), each = nrow(cells)), levels = levels(housing$Sat),
                     ordered = TRUE)
wanted$Freq <- wanted$Freq * as.vector(chance)
at_small <- function(data) {
  large <- suppressWarnings(clm(Sat ~ Infl * Type + Cont, data = data, weights = Freq, doFit = FALSE))
  large$par <- c(small$alpha, small$beta, rep(0, ncol(large$B1) - length(coef(small))))  # main terms first
  large$clm.nll(large)
  list(gradient = large$clm.grad(large), hessian = large$clm.hess(large))
}
gradient <- at_small(housing)$gradient; information <- at_small(wanted)$hessian
write(data.frame(statistic = as.numeric(t(gradient) %*% solve(information) %*% gradient),
                 df = length(gradient) - length(coef(small))), "score_test.csv")

# --- Random intercepts: clmm's own likelihood, maximised further by Newton's method --------------
# clmm's optimiser stops at numerical gradients of about 1e-3; its own objective, with its inner
# search made tight, is taken on from where it stopped.
refined <- function(fit, ...) {
  model <- clmm(..., doFit = FALSE, control = clmm.control(gradTol = 1e-11, maxIter = 200))
  objective <- if (model$nAGQ > 1) ordinal:::getNAGQ.ssr else ordinal:::getNLA.ssr
  value <- function(p) {
    objective(model, p)
    objective(model, p)   # again: its curvature is that of the inner search's step before the last
  }
  at <- c(fit$alpha, fit$beta, log(unlist(fit$ST)))
  for (i in 1:3) at <- at - solve(hessian(value, at), grad(value, at))
  k <- length(at); se <- sqrt(diag(solve(hessian(value, at)))); last <- value(at)
  list(par = at, value = last, se = se,
       modes = model$u * exp(at[k]), variance = exp(2 * at[k]) / model$D)
}
mixed <- list(); effects <- list()
add_mixed <- function(name, link, nodes, formula, data) {
  its_name <- if (link == "cloglog") "loglog" else link
  fit <- suppressWarnings(clmm(formula, data = data, link = its_name, nAGQ = nodes))
  better <- refined(fit, formula, data = data, link = its_name, nAGQ = nodes); k <- length(better$par)
  key <- paste(name, link, nodes)
  mixed[[key]] <<- data.frame(
    data = name, link = link, nodes = nodes, term = c(names(fit$alpha), names(fit$beta), "sd"),
    estimate = c(better$par[-k], exp(better$par[k])),
    std_error = c(better$se[-k], better$se[k] * exp(better$par[k])),
    log_likelihood = -better$value, as_clmm_stops = as.numeric(logLik(fit)))
  effects[[key]] <<- data.frame(
    data = name, link = link, nodes = nodes, level = levels(model.frame(fit)[[length(model.frame(fit))]]),
    estimate = better$modes, std_error = sqrt(better$variance))
  fit
}
# clmm's compiled code takes "loglog" and "cloglog" for each other; clm does not. Named here as clm does.
for (link in links) for (nodes in c(1, 10))
  add_mixed("wine", link, nodes, rating ~ temp + contact + (1 | judge), wine)
ape11$opinion <- factor(ifelse(ape11$Q8 %in% 1:4, 5 - ape11$Q8, NA), ordered = TRUE)
ape11$grade <- factor(ape11$class); ape11$ages <- factor(ape11$agegroups); ape11$region <- factor(ape11$gor)
opinions <- ape11[!is.na(ape11$opinion), ]
for (nodes in c(1, 10))
  add_mixed("ape11", "logit", nodes, opinion ~ grade + ages + (1 | region), opinions)
write(do.call(rbind, mixed), "clmm.csv")
write(do.call(rbind, effects), "clmm_effects.csv")
# Laplace's approximation by its formula: clmm's compiled one is off by up to 1e-8, which its own
# maximum shows in the fifth digit
functions <- list(
  logit = list(F = plogis, f = dlogis, g = function(x) dlogis(x) * (1 - 2 * plogis(x))),
  probit = list(F = pnorm, f = dnorm, g = function(x) ifelse(is.finite(x), -x * dnorm(x), 0)),
  cloglog = list(F = function(x) 1 - exp(-exp(x)), f = function(x) exp(x - exp(x)),
                 g = function(x) ifelse(is.finite(x), exp(x - exp(x)) * (1 - exp(x)), 0)))
laplace <- function(name, link, x, y, group, start) {
  of <- functions[[link]]; y <- as.integer(y); cuts <- max(y) - 1; v <- numeric(nlevels(group))
  f <- function(a) ifelse(is.finite(a), of$f(a), 0); g <- function(a) ifelse(is.finite(a), of$g(a), 0)
  by_group <- function(values) as.vector(rowsum(values, as.integer(group)))
  value <- function(p) {
    edges <- c(-Inf, p[1:cuts], Inf); eta <- as.vector(x %*% p[-c(1:cuts, length(p))]); s <- p[length(p)]
    at <- function() {
      shift <- eta + s * v[as.integer(group)]; low <- edges[y] - shift; high <- edges[y + 1] - shift
      chance <- of$F(high) - of$F(low); speed <- (f(high) - f(low)) / chance
      list(h = by_group(log(chance)) - v^2 / 2, first = -s * by_group(speed) - v,
           second = s^2 * by_group((g(high) - g(low)) / chance - speed^2) - 1)
    }
    for (i in 1:60) { here <- at(); step <- here$first / here$second; v <<- v - step
                      if (max(abs(step)) < 1e-13) break }
    here <- at(); curve <<- -here$second
    -sum(here$h - log(-here$second) / 2)
  }
  curve <- NULL; at <- start
  for (i in 1:4) at <- at - solve(hessian(value, at), grad(value, at))
  errors <- sqrt(diag(solve(hessian(value, at)))); best <- value(at); s <- at[length(at)]
  list(estimates = data.frame(data = name, link = link, nodes = 1, term = names(start), estimate = at,
                              std_error = errors, log_likelihood = -best),
       effects = data.frame(data = name, link = link, nodes = 1, level = levels(group),
                            estimate = s * v, std_error = s / sqrt(curve)))
}
start_of <- function(key) setNames(mixed[[key]]$estimate, mixed[[key]]$term)
by_formula <- lapply(links, function(link) laplace(
  "wine", link, model.matrix(~ temp + contact, wine)[, -1], wine$rating, wine$judge,
  start_of(paste("wine", link, 1))))
by_formula[[4]] <- laplace("ape11", "logit", model.matrix(~ grade + ages, opinions)[, -1],
                           opinions$opinion, opinions$region, start_of("ape11 logit 1"))
write(do.call(rbind, lapply(by_formula, `[[`, "estimates")), "laplace.csv")
write(do.call(rbind, lapply(by_formula, `[[`, "effects")), "laplace_effects.csv")
# Profile likelihood of the spread between judges: clmm's objective, minimised over all else
profile_end <- function(from, to) {
  fit <- clmm(rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 10)
  better <- refined(fit, rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 10)
  model <- clmm(rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 10, doFit = FALSE,
                control = clmm.control(gradTol = 1e-11, maxIter = 200))
  k <- length(better$par)
  lost <- function(sd) nlminb(better$par[-k], function(p) ordinal:::getNAGQ.ssr(model, c(p, log(sd))),
                              control = list(rel.tol = 1e-14))$objective - better$value - qchisq(0.95, 1) / 2
  uniroot(lost, c(from, to), tol = 1e-9)$root
}
write(data.frame(conf_low = profile_end(0.2, 1.13), conf_high = profile_end(1.14, 5)), "clmm_profile.csv")

# --- Survey weights: svyolr, and its sandwich from clm's exact Hessian and scores ----------------
design <- svydesign(ids = ~1, weights = ~wts, data = opinions)
survey_fit <- svyolr(opinion ~ grade + ages, design, control = list(reltol = 1e-15, maxit = 1000))
shown <- coef(summary(survey_fit))
write(data.frame(term = rownames(shown), estimate = shown[, 1], std_error = shown[, 2]), "svyolr.csv")
opinions$unit <- opinions$wts / mean(opinions$wts)
exact <- suppressWarnings(clm(opinion ~ grade + ages, data = opinions, weights = unit, control = tight))
log_chance <- function(p) {   # each person's log probability of the own answer
  x <- model.matrix(~ grade + ages, opinions)[, -1]
  edges <- c(-Inf, p[1:3], Inf); y <- as.integer(opinions$opinion); eta <- as.vector(x %*% p[-(1:3)])
  log(plogis(edges[y + 1] - eta) - plogis(edges[y] - eta))
}
scores <- jacobian(log_chance, coef(exact)) * opinions$unit
bread <- solve(exact$Hessian); n <- nrow(opinions)
linearised <- n / (n - 1) * bread %*% crossprod(scores) %*% bread
grades <- grep("grade", names(coef(exact)))
wald <- as.numeric(t(coef(exact)[grades]) %*% solve(linearised[grades, grades]) %*% coef(exact)[grades])
write(data.frame(term = names(coef(exact)), estimate = coef(exact), std_error = sqrt(diag(linearised)),
                 f_grade = wald / length(grades), df_grade = length(grades),
                 df_denominator = n - length(coef(exact))), "svy_exact.csv")

# --- Brant's test by its formula (1990, Biometrics 46), as the package `brant` has it -------------
brant_test <- function(x, y, term_of) {
  y <- as.integer(y); cuts <- max(y) - 1; k <- ncol(x); x1 <- cbind(1, x)
  fits <- lapply(1:cuts, function(j) glm.fit(x1, as.numeric(y > j), family = binomial(),
                                             control = list(epsilon = 1e-14, maxit = 100)))
  chance <- sapply(fits, fitted); slopes <- unlist(lapply(fits, function(f) coef(f)[-1]))
  information <- function(w) t(x1) %*% (w * x1)
  covariance <- matrix(0, cuts * k, cuts * k)
  for (j in 1:cuts) for (l in j:cuts) {
    middle <- information(chance[, l] - chance[, j] * chance[, l])
    block <- solve(information(chance[, j] * (1 - chance[, j]))) %*% middle %*%
      solve(information(chance[, l] * (1 - chance[, l])))
    covariance[(j - 1) * k + 1:k, (l - 1) * k + 1:k] <- block[-1, -1]
    covariance[(l - 1) * k + 1:k, (j - 1) * k + 1:k] <- t(block[-1, -1])
  }
  test <- function(which) {
    d <- do.call(rbind, lapply(2:cuts, function(j) {
      m <- matrix(0, length(which), cuts * k)
      m[cbind(seq_along(which), which)] <- 1; m[cbind(seq_along(which), (j - 1) * k + which)] <- -1; m }))
    value <- as.numeric(t(d %*% slopes) %*% solve(d %*% covariance %*% t(d)) %*% (d %*% slopes))
    c(value, nrow(d))
  }
  terms <- c("Omnibus", unique(term_of))
  found <- sapply(terms, function(t) test(if (t == "Omnibus") 1:k else which(term_of == t)))
  data.frame(term = terms, statistic = found[1, ], df = found[2, ],
             p_value = pchisq(found[1, ], found[2, ], lower.tail = FALSE))
}
long <- housing[rep(seq_len(nrow(housing)), housing$Freq), ]
design_of <- function(formula, data) {
  x <- model.matrix(formula, data)
  list(x = x[, -1], term = attr(terms(formula), "term.labels")[attr(x, "assign")[-1]])
}
of_housing <- design_of(~ Infl + Type + Cont, long)
of_ape11 <- design_of(~ grade + ages, opinions)
write(rbind(cbind(data = "housing", brant_test(of_housing$x, long$Sat, of_housing$term)),
            cbind(data = "ape11", brant_test(of_ape11$x, opinions$opinion, of_ape11$term))), "brant.csv")

# --- Predicted shares averaged over the sample, by hand, with the delta method -------------------
shares_of <- function(fit, data, name) {
  cuts <- length(fit$alpha); x <- function(d) model.matrix(delete.response(terms(fit)), d)[, -1]
  found <- lapply(levels(data[[name]]), function(each) {
    everybody <- data; everybody[[name]] <- factor(each, levels = levels(data[[name]]))
    design <- x(everybody); weight <- rep(1, nrow(data))
    share <- function(p) {
      eta <- as.vector(design %*% p[-(1:cuts)])
      below <- cbind(0, plogis(outer(-eta, p[1:cuts], "+")), 1)
      as.vector(weight %*% (below[, -1] - below[, -(cuts + 2)])) / sum(weight)
    }
    slopes <- jacobian(share, coef(fit))
    list(value = share(coef(fit)), slopes = slopes)
  })
  value <- do.call(rbind, lapply(found, `[[`, "value")); best <- cuts + 0:1
  slopes <- lapply(found, function(f) rbind(f$slopes, colSums(f$slopes[best, ])))
  value <- cbind(value, rowSums(value[, best]))
  covariance <- vcov(fit); answers <- c(fit$y.levels, "top two")
  level <- do.call(rbind, lapply(seq_along(found), function(i) data.frame(
    level = levels(data[[name]])[i], answer = answers, estimate = value[i, ],
    std_error = sqrt(diag(slopes[[i]] %*% covariance %*% t(slopes[[i]]))))))
  last <- length(answers)
  everybody <- function(p) {   # all as they are
    eta <- as.vector(x(data) %*% p[-(1:cuts)])
    sum(1 - plogis(p[best[1] - 1] - eta)) / nrow(data)
  }
  rows <- do.call(rbind, lapply(slopes, function(g) g[last, ]))
  compared <- function(from, base, middle) {   # simultaneous intervals (max-t) on Fisher's scale
    d <- value[from, last] - base; g <- sweep(rows[from, , drop = FALSE], 2, middle)
    v <- g %*% covariance %*% t(g); error <- sqrt(diag(v))
    reach <- qmvnorm(0.95, tail = "both.tails", corr = cov2cor(v), algorithm = GenzBretz(
      maxpts = 1e6, abseps = 1e-6))$quantile * error / (1 - d^2)
    data.frame(level = levels(data[[name]])[from], estimate = d, std_error = error,
               conf_low = tanh(atanh(d) - reach), conf_high = tanh(atanh(d) + reach))
  }
  against <- compared(seq_along(found)[-1], value[1, last], rows[1, ])
  from_all <- compared(seq_along(found), everybody(coef(fit)), as.vector(jacobian(everybody, coef(fit))))
  list(level = level, against = against, from_all = from_all)
}
of_people <- shares_of(fit, people, "channel")
write(of_people$level, "margin_shares.csv")
write(rbind(cbind(from = "first", of_people$against), cbind(from = "reference", of_people$from_all)),
      "margin_differences.csv")
