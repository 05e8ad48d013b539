# --- Shares of groups drawn together: beta-binomial, spread and mean integrated by integrate() ----
if (!exists("folder")) {   # run by itself: Rscript tests/golden/pooled.R
  folder <- "tests/golden"
  write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)
}
counted <- list(
  ten = data.frame(y = c(27, 44, 55, 26, 54, 72, 36, 27, 16, 33),
                   n = c(44, 94, 101, 48, 95, 108, 62, 43, 45, 52)),
  three = data.frame(y = c(12, 30, 25), n = c(40, 60, 30)),
  alike = data.frame(y = c(10, 20, 15, 25), n = c(40, 80, 60, 100)),
  apart = data.frame(y = c(2, 60, 30, 5), n = c(50, 70, 60, 40)),
  pure = data.frame(y = c(0, 6, 9, 40), n = c(7, 6, 20, 90)))

tight <- 1e-9; least <- 0
pieces <- function(f, ends) sum(sapply(seq_along(ends)[-1], function(i)
  integrate(f, ends[i - 1], ends[i], rel.tol = tight, abs.tol = least, subdivisions = 1000)$value))
pool <- function(y, n) {
  share <- sum(y) / sum(n)
  log_of <- function(r, m) { k <- 1 / r^2 - 1; sapply(m, function(each)
    sum(lbeta(k * each + y, k * (1 - each) + n - y) - lbeta(k * each, k * (1 - each)))) }
  none <- sum(y) * log(share) + sum(n - y) * log(1 - share)
  over_mean <- function(r, g) sapply(r, function(each) {   # g(m) weighs the likelihood
    best <- optimize(function(m) log_of(each, m), c(1e-6, 1 - 1e-6), maximum = TRUE, tol = 1e-10)$maximum
    step <- 1e-4 * best * (1 - best)
    bend <- -(log_of(each, best + step) - 2 * log_of(each, best) + log_of(each, best - step)) / step^2
    width <- 1 / sqrt(max(bend, 1))
    ends <- sort(unique(pmin(pmax(best + c(-1, -10, -4, 0, 4, 10, 1) * c(1, rep(width, 5), 1), 1e-12), 1 - 1e-12)))
    pieces(function(m) exp(log_of(each, m) - none) * g(each, m), ends)
  })
  likelihood <- function(r) over_mean(r, function(r, m) 1)
  ends <- c(2e-4, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1 - 1e-9)
  total <- pieces(likelihood, ends) + 2e-4 * likelihood(2e-4)
  weight <- sapply(n, function(each) (pieces(function(r) likelihood(r) * each / (each + 1 / r^2 - 1), ends)) / total)
  below <- function(r) { cuts <- c(ends[ends < r], r); (if (length(cuts) > 1) pieces(likelihood, cuts) else 0) / total + 2e-4 * likelihood(2e-4) / total }
  quantile <- function(p) uniroot(function(r) below(r) - p, c(2e-4, 1 - 1e-6), tol = 1e-9)$root
  mode <- optimize(likelihood, c(2e-4, 0.95), maximum = TRUE, tol = 1e-9)$maximum
  plug <- function(r) sapply(r, function(each) log_of(each, share) - none)
  statistic <- 2 * max(0, optimize(plug, c(2e-4, 0.95), maximum = TRUE, tol = 1e-9)$objective)
  list(groups = data.frame(y, n, weight, estimate = weight * y / n + (1 - weight) * share),
       spread = data.frame(median = quantile(0.5), upper = quantile(0.975), mode = mode,
                           statistic = statistic, widest = sqrt(share * (1 - share))),
       end = function(j, p) { tight <<- 1e-6; least <<- 1e-7 * total; found <- uniroot(function(x) pieces(function(r)
         over_mean(r, function(r, m) { k <- 1 / r^2 - 1
           pbeta(x, y[j] + k * m, n[j] - y[j] + k * (1 - m)) }), ends) / total - p, c(0, 1), tol = 1e-5)$root
         tight <<- 1e-9; least <<- 0; found })
}
pooled <- lapply(counted, function(each) pool(each$y, each$n))
write(do.call(rbind, lapply(names(pooled), function(set) cbind(set = set, pooled[[set]]$groups))), "pooled_shares.csv")
write(do.call(rbind, lapply(names(pooled), function(set) cbind(set = set, pooled[[set]]$spread))), "pooled_spread.csv")
some <- data.frame(set = c("ten", "three", "three", "pure"), group = c(9, 1, 3, 2))
some$conf_low <- mapply(function(set, j) pooled[[set]]$end(j, 0.025), some$set, some$group)
some$conf_high <- mapply(function(set, j) pooled[[set]]$end(j, 0.975), some$set, some$group)
write(some, "pooled_ends.csv")
