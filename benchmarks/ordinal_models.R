# Fit one model and time it; called by ordinal_models.py, which writes columns.csv and codes.bin.
#
# Rscript ordinal_models.R FOLDER HOW FORMULA NODES RUNS
#
# HOW is "rows" (clm on all rows), "grouped" (clm on rows counted by hand, the counting timed) or
# "groups" (clmm with NODES quadrature nodes). Reading the data is not timed. result.csv gets the
# median seconds, the log-likelihood and the estimates. Without arguments, it prints versions.

suppressPackageStartupMessages(library(ordinal))

read_replies <- function(folder) {
  columns <- read.csv(file.path(folder, "columns.csv"))
  rows <- columns$rows[1]
  codes <- readBin(file.path(folder, "codes.bin"), "integer", rows * nrow(columns), size = 1)
  replies <- lapply(seq_len(nrow(columns)), function(at) {
    structure(
      codes[(at - 1) * rows + seq_len(rows)] + 1L,
      levels = as.character(seq_len(columns$levels[at])),
      class = if (columns$ordered[at]) c("ordered", "factor") else "factor"
    )
  })
  names(replies) <- columns$name
  list2DF(replies)
}

# One number for each combination of codes, counted; then the factors of those that occur.
count_by_hand <- function(replies) {
  sizes <- vapply(replies, nlevels, 1L)
  number <- as.integer(replies[[1]])
  for (at in seq_along(replies)[-1]) {
    number <- (number - 1L) * sizes[at] + as.integer(replies[[at]])
  }
  people <- tabulate(number, prod(sizes))
  rest <- which(people > 0) - 1L
  counted <- replies[rep(1L, length(rest)), ]
  for (at in rev(seq_along(replies))) {
    counted[[at]] <- structure(rest %% sizes[at] + 1L, levels = levels(replies[[at]]),
                               class = class(replies[[at]]))
    rest <- rest %/% sizes[at]
  }
  counted$people <- people[people > 0]
  counted
}

main <- function(folder, how, formula, nodes, runs) {
  replies <- read_replies(folder)
  model <- as.formula(formula)
  fitted <- NULL
  seconds <- vapply(seq_len(runs), function(run) {
    gc()
    started <- proc.time()[["elapsed"]]
    if (how == "grouped") {
      counted <- count_by_hand(replies)
      fitted <<- clm(model, data = counted, weights = people)
    } else if (how == "rows") {
      fitted <<- clm(model, data = replies)
    } else {
      fitted <<- clmm(model, data = replies, nAGQ = nodes)
    }
    proc.time()[["elapsed"]] - started
  }, 1)
  estimates <- c(fitted$beta, fitted$alpha)
  write.csv(
    data.frame(name = c("seconds", "log_likelihood", names(estimates)),
               value = format(c(median(seconds), logLik(fitted), estimates), digits = 17)),
    file.path(folder, "result.csv"), row.names = FALSE, quote = FALSE
  )
}

given <- commandArgs(trailingOnly = TRUE)
if (length(given)) {
  main(given[1], given[2], given[3], as.integer(given[4]), as.integer(given[5]))
} else {
  cat(sprintf("R %s with ordinal %s, BLAS %s", getRversion(), packageVersion("ordinal"),
              basename(sessionInfo()$BLAS)))
}
