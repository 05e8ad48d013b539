# --- Shares of districts from a multilevel model: lme4 at given spreads, and brute-force integrals ----
if (!exists("folder")) {   # run by itself: Rscript tests/golden/multilevel.R (a minute or two)
  folder <- "tests/golden"
  write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)
}
suppressMessages(library(lme4))

# Ten districts by five bands of age: modes of the effects at given spreads, and at lme4's own.
set.seed(20231015)
cells <- expand.grid(age = factor(letters[1:5]), district = factor(LETTERS[1:10]))
cells$n <- rpois(nrow(cells), 15) + 1
effect <- c(-0.6, -0.3, 0, 0.2, 0.7)[cells$age] + rnorm(10, 0, 0.4)[cells$district]
cells$y <- rbinom(nrow(cells), cells$n, plogis(0.3 + effect))
model <- cbind(y, n - y) ~ 1 + (1 | district) + (1 | age)
found <- getME(glmer(model, cells, binomial), "theta")
given <- list(estimated = unname(found[c("district.(Intercept)", "age.(Intercept)")]), small = c(0.1, 0.2), large = c(0.8, 1.5))
modes <- do.call(rbind, lapply(names(given), function(name) {
  parsed <- glFormula(model, cells, family = binomial)
  deviance <- do.call(mkGlmerDevfun, c(parsed, nAGQ = 0, control = list(glmerControl(tolPwrss = 1e-12))))
  stopifnot(names(parsed$reTrms$cnms) == c("district", "age"))
  reached <- deviance(given[[name]]); inside <- environment(deviance)$pp
  data.frame(set = name, of_district = given[[name]][1], of_age = given[[name]][2], deviance = reached,
             term = c("(Intercept)", LETTERS[1:10], letters[1:5]), mode = c(inside$beta(1), inside$b(1)))
}))
write(cells, "multilevel_cells.csv")
write(modes, "multilevel_modes.csv")

# Four districts by three bands of age: the posterior by nested sums. The bands' logits are
# m + r (cos a, sin a) in the plane of contrasts; the prior of r has the spread of age integrated.
small <- expand.grid(age = factor(letters[1:3]), district = factor(LETTERS[1:4]))
small$n <- c(9, 7, 14, 3, 12, 6, 10, 10, 5, 2, 4, 8)
small$y <- c(3, 5, 12, 0, 4, 4, 6, 8, 5, 1, 3, 7)
small$people <- c(30, 40, 20, 10, 30, 50, 25, 25, 25, 60, 20, 10)
scale <- 0.5
rule <- function(count, low, high) {   # Gauss-Legendre (Golub and Welsch 1969)
  k <- seq_len(count - 1); b <- k / sqrt(4 * k^2 - 1)
  J <- matrix(0, count, count); J[cbind(k, k + 1)] <- b; J[cbind(k + 1, k)] <- b
  e <- eigen(J, symmetric = TRUE)
  list(x = low + (high - low) * (e$values + 1) / 2, w = (high - low) * e$vectors[1, ]^2)
}
half <- function(s) 2 * dnorm(s, 0, scale)
of_r <- function(r) sapply(r, function(each)   # r times the density of the contrasts
  integrate(function(s) half(s) * exp(-(each / s)^2 / 2) * each / s^2, 0, Inf, rel.tol = 1e-10, subdivisions = 2000)$value)
m <- rule(28, -2.5, 3.5); r <- rule(30, 0, 4.5); a <- 2 * pi * (0:31) / 32; s <- rule(26, 0, 4 * scale)
outer_points <- expand.grid(m = seq_along(m$x), r = seq_along(r$x), a = seq_along(a))
v1 <- c(1, -1, 0) / sqrt(2); v2 <- c(1, 1, -2) / sqrt(6)
bands <- m$x[outer_points$m] + r$x[outer_points$r] * (outer(cos(a[outer_points$a]), v1) + outer(sin(a[outer_points$a]), v2))
weight <- m$w[outer_points$m] * (r$w * of_r(r$x))[outer_points$r]
z <- seq(-6, 6, length.out = 121); at_z <- dnorm(z) * (z[2] - z[1])
cuts <- list(A = c(0.35, 0.5, 0.65), B = c(0.4, 0.55, 0.7), C = c(0.5, 0.65, 0.8), D = c(0.45, 0.6, 0.8))
total <- 0; of_s <- 0; sums <- matrix(0, 4, 5)
for (at in seq_along(s$x)) {
  inner <- list(); numerators <- list()
  for (d in 1:4) {
    here <- small[small$district == LETTERS[d], ]
    base <- 0; moments <- matrix(0, nrow(bands), 5)
    for (k in seq_along(z)) {
      logit <- bands + s$x[at] * z[k]
      like <- at_z[k] * exp(logit %*% here$y - log1p(exp(logit)) %*% here$n + 30)
      share <- plogis(logit) %*% (here$people / sum(here$people))
      base <- base + like
      moments <- moments + as.vector(like) * cbind(share, share^2, share < cuts[[d]][1], share < cuts[[d]][2], share < cuts[[d]][3])
    }
    inner[[d]] <- base; numerators[[d]] <- moments
  }
  all <- weight * Reduce(`*`, inner) * s$w[at] * half(s$x[at])
  total <- total + sum(all); of_s <- of_s + sum(all) * s$x[at]
  for (d in 1:4) sums[d, ] <- sums[d, ] + colSums(as.vector(all / inner[[d]]) * numerators[[d]])
}
sums <- sums / total
write(small, "multilevel_small.csv")
write(data.frame(district = LETTERS[1:4], mean = sums[, 1], sd = sqrt(sums[, 2] - sums[, 1]^2),
                 do.call(rbind, cuts) |> `colnames<-`(c("cut1", "cut2", "cut3")), below1 = sums[, 3], below2 = sums[, 4],
                 below3 = sums[, 5], spread = of_s / total), "multilevel_integrals.csv")
