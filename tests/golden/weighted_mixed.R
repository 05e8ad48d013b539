# Golden numbers of weights together with a random intercept, written by hand once:
# `Rscript tests/golden/weighted_mixed.R` from the project's root. The log pseudo-likelihood is written
# out person by person, and integrated over a dense grid of equal steps, which for such integrands is
# exact to rounding; it is maximised by Newton's method with numerical derivatives, of which the
# standard errors (the sandwich over groups) are made too. Base R and numDeriv alone.
suppressMessages(library(numDeriv))
folder <- "tests/golden"
write <- function(frame, name) write.csv(frame, file.path(folder, name), row.names = FALSE)

# --- People: nine places of unequal size, and weights that go with the answer --------------------
set.seed(20261127)
sizes <- c(12, 18, 25, 30, 36, 44, 52, 60, 73)
place <- rep(seq_along(sizes), sizes); n <- length(place)
people <- data.frame(place = paste0("p", place), channel = sample(c("a", "b", "c"), n, TRUE, c(5, 3, 2)),
                     x = round(rnorm(n), 1))
latent <- rlogis(n) + c(a = 0, b = 0.7, c = -0.5)[people$channel] + 0.4 * people$x +
  rnorm(length(sizes), 0, 0.8)[place]
answer <- findInterval(latent, c(-1.2, 0.1, 1.4)) + 1
people$rating <- c("poor", "fair", "good", "best")[answer]
people$weight <- round(exp(rnorm(n, 0, 0.4)) * c(1.6, 1.2, 0.9, 0.7)[answer], 3)
write(people, "weighted_mixed_people.csv")

# --- The log pseudo-likelihood of each place ------------------------------------------------------
x <- cbind(b = people$channel == "b", c = people$channel == "c", x = people$x)
u <- seq(-10, 10, length.out = 401); step <- u[2] - u[1]
scaled <- function(scaling) {
  w <- people$weight
  by_place <- function(values) as.vector(tapply(values, place, sum))[place]
  switch(scaling, size = w * by_place(rep(1, n)) / by_place(w), effective = w * by_place(w) / by_place(w^2),
         none = w)
}
values <- function(p, w, F) {
  edges <- c(-Inf, p[1:3], Inf); eta <- as.vector(x %*% p[4:6])
  sapply(seq_along(sizes), function(g) {
    here <- which(place == g)
    shift <- outer(eta[here], p[7] * u, "+")
    chance <- F(edges[answer[here] + 1] - shift) - F(edges[answer[here]] - shift)
    height <- colSums(w[here] * log(pmax(chance, 1e-300))) + dnorm(u, log = TRUE); top <- max(height)
    top + log(sum(exp(height - top)) * step)
  })
}
exact <- list(r = 4)
one <- function(link, scaling) {
  w <- scaled(scaling); F <- list(logit = plogis, probit = pnorm)[[link]]
  total <- function(p) -sum(values(p, w, F))
  at <- nlminb(c(-1, 0, 1.2, 0, 0, 0, 0.7), total, lower = c(rep(-Inf, 6), 0.01))$par
  for (i in 1:3) at <- at - solve(hessian(total, at, method.args = exact),
                                  grad(total, at, method.args = exact))
  bread <- solve(hessian(total, at, method.args = exact))
  scores <- jacobian(function(p) values(p, w, F), at, method.args = exact); J <- nrow(scores)
  covariance <- J / (J - 1) * bread %*% crossprod(scores) %*% bread
  data.frame(link = link, scaling = scaling,
             term = c("poor|fair", "fair|good", "good|best", "channelb", "channelc", "x", "sd"), estimate = at,
             std_error = sqrt(diag(covariance)), gradient = grad(total, at, method.args = exact),
             log_likelihood = -total(at))
}
write(do.call(rbind, lapply(c("logit", "probit"), function(link) do.call(rbind, lapply(
  c("size", "effective", "none"), function(scaling) one(link, scaling))))), "weighted_mixed.csv")
