# Recompute the headlines of a survey from its replies, apart from the Python code.
#   Rscript verify.R responses.csv folder-with-the-description output.csv
# Everything is made from responses.csv and the description of the codebook; no estimate is read.

options(warn = 1, survey.lonely.psu = "adjust")
suppressPackageStartupMessages({
  library(jsonlite); library(survey); library(ordinal); library(mvtnorm); library(numDeriv)
})
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
for (part in c("people", "shares", "models", "districts", "headlines")) source(file.path(here, paste0(part, ".R")))

given <- commandArgs(TRUE)
s <- read_survey(given[1], given[2])
W <- weigh(s); if (!is.null(W)) W$threshold <- s$threshold
recipe_of <- function(id) { at <- which(sapply(names(recipes), grepl, id)); if (length(at)) recipes[[at[1]]] else NULL }

rows <- lapply(s$wanted, function(id) {
  recipe <- recipe_of(id)
  blank <- row_of(list(estimate = NA, n = NA)); blank$rank <- NA
  if (id == "robustness") return(cbind(finding = id, blank, problem = paste(
    "listed: it counts how many specifications of the analysis conclude alike; R recomputes the",
    "headlines by one specification each")))
  if (is.null(recipe)) return(cbind(finding = id, blank, problem = "listed: the R script has no recipe for such a headline"))
  if (grepl("^(theme_|change_same)", id) && is.null(s$coded)) return(cbind(finding = id, blank, problem = "listed: open answers are in the raw file alone, which is not here"))
  set.seed(20231015); began <- proc.time()[[3]]
  found <- tryCatch(if (length(formals(recipe)) == 3) recipe(s, W, id) else recipe(s, W), error = function(e) conditionMessage(e))
  message(sprintf("%s %.1f s", id, proc.time()[[3]] - began))
  if (is.character(found)) return(cbind(finding = id, blank, problem = found))
  cbind(finding = id, found, problem = "")
})
write.csv(do.call(rbind, rows), given[3], row.names = FALSE, na = "", fileEncoding = "UTF-8")
