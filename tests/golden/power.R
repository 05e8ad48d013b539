# Power, by base R alone: power.prop.test, and binom.test over all samples. Sourced by make.R, which
# has `write` and `folder`.
#
# `first` and `second` are shift and share of discordant people, or the shares of two groups.
# McNemar's exact test is the binomial test of who moved one way among all who moved; its power is
# the chance of all pairs of counts with p of alpha or below.
mcnemar <- function(shift, discordant, n, alpha = 0.05) {
  chances <- c((discordant - shift) / 2, (discordant + shift) / 2, 1 - discordant)
  power <- 0
  for (moved in 1:n) {
    for (up in 0:moved) {
      if (binom.test(up, moved)$p.value <= alpha) {
        power <- power + dmultinom(c(moved - up, up, n - moved), prob = chances)
      }
    }
  }
  power
}

shifts <- data.frame(
  first = c(0.21, 0.14, 0.05, 0.2), second = c(0.25, 0.25, 0.1, 0.7), n = c(45, 100, 120, 144)
)
shifts$power <- mapply(mcnemar, shifts$first, shifts$second, shifts$n)

groups <- data.frame(
  first = c(0.5, 0.55, 0.1, 0.3), second = c(0.6, 0.45, 0.16, 0.35), n = c(388, 214, 500, 150)
)
groups$power <- mapply(
  function(first, second, n) {
    power.prop.test(n = n, p1 = first, p2 = second, strict = TRUE)$power
  },
  groups$first, groups$second, groups$n
)

write(rbind(cbind(what = "mcnemar", shifts), cbind(what = "groups", groups)), "power.csv")
