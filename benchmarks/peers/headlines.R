# From the raw export to the numbers of notebooks 03 and 04, as an R user would write it who knows
# data.table, stringi, ordinal and survey: Rscript headlines.R FILE CODEBOOK.json THREADS.
suppressPackageStartupMessages({library(data.table); library(stringi); library(ordinal); library(survey)})
given <- commandArgs(TRUE); book <- jsonlite::fromJSON(given[2], simplifyDataFrame = FALSE)
setDTthreads(as.integer(given[3])); stages <- processor <- list(); clock <- proc.time()
stage <- function(name) { now <- proc.time(); spent <- now - clock; clock <<- now
  stages[[name]] <<- spent[["elapsed"]]; processor[[name]] <<- spent[["user.self"]] + spent[["sys.self"]] }
questions <- setNames(book$questions, sapply(book$questions, `[[`, "role"))
asked <- Filter(function(q) q$kind != "date", questions)

# --- Read -----------------------------------------------------------------------------------------
raw <- fread(given[1], colClasses = "character", na.strings = NULL, encoding = "UTF-8", sep = ",",
             select = unname(sapply(questions, `[[`, "column")))
setnames(raw, names(questions)); replies <- nrow(raw); stage("read")
setDTthreads(1)   # of many small groupings threads cost more than they bring

# --- Clean: every distinct text once --------------------------------------------------------------
plain <- function(x) {   # without regard to case, white space and the sort of quotation mark
  x <- stri_trans_char(stri_trans_nfkc(x), "\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
  stri_trans_tolower(stri_trim_both(stri_replace_all_regex(x, "\\s+", " ")))
}
blank <- plain(unlist(book$blank))
column <- function(x) {   # the number of each cell's text, 0 of a blank one
  texts <- unique(x); key <- plain(texts); keys <- setdiff(unique(key), blank)
  list(codes = chmatch(key, keys, nomatch = 0L)[chmatch(x, texts)], keys = keys)
}
# The code of a piece of a cell from 1, 0 for no answer, -1 for "don't know"
code_piece <- function(piece, q) {
  nothing <- plain(sapply(q$missing, `[[`, "text")); listed <- plain(sapply(q$texts, `[[`, "text"))
  if (piece %in% nothing) return(if (q$missing[[match(piece, nothing)]]$kind == "dont_know") -1L else 0L)
  if (piece %in% blank) return(0L)
  free <- stri_trim_both(substring(piece, nchar(q$prefix) + 1))
  if (piece %in% listed) code <- q$texts[[match(piece, listed)]]$code
  else if (!nzchar(q$prefix) || !startsWith(piece, plain(q$prefix))) stop("unknown answer: ", piece)
  else if (free %in% listed) code <- q$texts[[match(free, listed)]]$code
  else {   # free text that names one listed answer
    named <- sapply(q$recode, function(phrases) any(sapply(plain(unlist(phrases)), function(phrase)
      grepl(paste0("(?<!\\w)\\Q", phrase, "\\E(?!\\w)"), free, perl = TRUE))))
    code <- if (sum(named) == 1) names(q$recode)[named] else q$other
  }
  match(code, unlist(q$codes))
}
code_cells <- function(w, q) {   # of several answers a bit each
  if (q$kind == "text") return(as.integer(w$codes > 0L))
  pieces <- if (nzchar(q$separator)) stri_split_fixed(w$keys, q$separator, omit_empty = TRUE) else as.list(w$keys)
  known <- unique(unlist(pieces)); codes <- vapply(stri_trim_both(known), code_piece, 0L, q)
  c(0L, vapply(pieces, function(p) {
    found <- unique(codes[chmatch(p, known)])
    if (all(found < 1L)) min(found) else if (nzchar(q$separator)) sum(bitwShiftL(1L, found[found > 0L] - 1L)) else found[1]
  }, 0L, USE.NAMES = FALSE))[w$codes + 1L]
}
seconds <- function(x, form) {   # a day is read once
  day <- substr(x, 1, 10); days <- unique(day)
  as.numeric(as.POSIXct(days, "UTC", sub(" .*", "", form)))[chmatch(day, days)] +
    3600 * as.integer(substr(x, 12, 13)) + 60 * as.integer(substr(x, 15, 16)) + as.integer(substr(x, 18, 19))
}
written <- lapply(raw[, names(asked), with = FALSE], column)
people <- as.data.table(Map(code_cells, written, asked))
for (role in c("started", "submitted")) people[, (role) := seconds(raw[[role]], book$datetime_format)]
rm(raw)
limits <- as.numeric(as.POSIXct(c(book$opens, book$closes), "UTC"))
is_test <- function(w) c(FALSE, stri_replace_all_regex(w$keys, "^[.! ]+|[.! ]+$", "") %in% unlist(book$test_texts))[w$codes + 1L]
gone <- list(
  blank = Reduce(`&`, lapply(written, function(w) w$codes == 0L)),
  test = is_test(written$change) | is_test(written$change_why) | people$submitted < limits[1],
  late = people$submitted > limits[2],
  no_connection = people$connection %in% match(unlist(book$no_connection), unlist(questions$connection$codes)),
  abandoned = people$contacted == 0L & people$used == 0L & people$preferred == 0L)
kept <- rep(TRUE, replies); left <- list()
for (step in names(gone)) { kept <- kept & !gone[[step]]; left[[step]] <- sum(kept) }
cells <- as.data.table(lapply(written, function(w) w$codes[kept])); people <- people[kept]
rm(written, gone); stage("clean")

# --- Doubles: replies that begin alike, a column more each time -----------------------------------
pairs_of <- function(n) n * (n - 1) / 2
near <- function(moments, within) findInterval(moments + within, moments) - seq_along(moments)
find_doubles <- function(cells, moments, choices, within, allowed) {
  n <- nrow(cells); filled <- rowSums(cells > 0L); rank <- integer(n); rank[order(-filled, seq_len(n))] <- seq_len(n)
  by_time <- order(moments); cells <- cells[by_time]; rank <- rank[by_time]; moments <- moments[by_time] - min(moments)
  last <- integer(n); for (j in seq_along(cells)) last[cells[[j]] > 0L] <- j
  D <- data.table(row = seq_len(n), g = 1L, told = 0, moment = moments)   # replies that somebody begins alike
  long <- max(moments) + within + 1; all_near <- now <- sum(as.numeric(near(moments, within)))
  groups <- pairs <- list(); lengths <- 0
  for (j in seq_along(cells)) {
    code <- cells[[j]]; count <- tabulate(code[code > 0L]); among <- max(sum(code > 0L) - 2 + choices[j], 1)
    D <- D[last[row] >= j][, code := ..code[row]]
    D[code > 0L, told := told - log(pmax(count[code] - 1, 1) / among)]
    D[, g := .GRP, by = .(g, code)]; D <- D[tabulate(g)[g] > 1L]
    if (!any(last == j)) next
    size <- sum(last >= j); after <- sum(as.numeric(near(moments[last > j], within)))
    close <- now - after; apart <- pairs_of(size) - pairs_of(sum(last > j)) - close; now <- after
    if (!close) next
    lengths <- lengths + 1; setorder(D, g, moment); D[, short := last[row] == j]
    D[, beside := near(g * long + moment, within)]; D[short == FALSE, beside := beside - near(g * long + moment, within)]
    D[, new := g != shift(g, fill = 0L) | moment - shift(moment, fill = 0) > within]   # sent at another time
    G <- D[, .(size = .N, short = sum(short), here = sum(beside), told = first(told), times = sum(new)), by = g]
    G[, `:=`(further = pairs_of(size) - pairs_of(size - short) - here, low = close * pmax(exp(-told), (times - 2) / ..size),
             expected = close * pmax(exp(-told), (times - 1) / ..size))]
    groups[[j]] <- G[further > 0, .(expected = low, alike = further * close / max(apart, 1))]
    E <- D[G[here > 0 & expected <= allowed * n, .(g, expected)], on = "g"]; found <- list(); step <- 0
    while ((step <- step + 1) < nrow(E)) {
      a <- seq_len(nrow(E) - step); b <- a + step
      both <- E$g[a] == E$g[b] & E$moment[b] - E$moment[a] <= within
      if (!any(both)) break
      both <- both & (E$short[a] | E$short[b])
      found[[step]] <- data.table(a = E$row[a][both], b = E$row[b][both], expected = E$expected[a][both])
    }
    pairs[[j]] <- rbindlist(found)
  }
  P <- rbindlist(pairs); A <- rbindlist(groups)[order(expected)]
  P[, `:=`(leaves = fifelse(rank[a] < rank[b], b, a), stays = fifelse(rank[a] < rank[b], a, b))]
  best <- sort(P[, min(expected), by = leaves]$V1); one <- all_near / max(pairs_of(n) - all_near, 1)
  by_chance <- c(0, cumsum(A$alike))[findInterval(best, A$expected) + 1] + pmin(one, lengths * best)
  fine <- which(by_chance <= allowed * findInterval(best, best)); if (!length(fine)) return(integer(0))
  P <- P[expected <= best[max(fine)]][order(rank[leaves])]; leaving <- logical(n)
  beside <- split(P$stays, factor(P$leaves, unique(P$leaves)))
  for (reply in names(beside)) if (!all(leaving[beside[[reply]]])) leaving[as.integer(reply)] <- TRUE
  by_time[leaving]
}
choices <- sapply(asked, function(q) if (length(q$codes)) length(q$codes) else book$open_choices)
twice <- find_doubles(cells, people$submitted, choices, book$double_seconds, book$chance_allowed)
if (length(twice)) people <- people[-twice]
left$double <- nrow(people); rm(cells); stage("doubles")

# --- Count ----------------------------------------------------------------------------------------
label <- function(x, role) factor(x, seq_along(questions[[role]]$codes), unlist(questions[[role]]$codes))
models <- c("used_last", "district", "satisfaction", "reason"); other <- match("other", unlist(questions$used_last$codes))
video <- match("video_chat", unlist(questions$preferred$codes))
people[, got := fifelse(used_last > 0L & preferred > 0L & !(preferred %in% c(other, video)), as.integer(used_last == preferred), NA_integer_)]
k <- length(questions$used_last$codes)
square <- matrix(tabulate(people[used_last > 0L & preferred > 0L, (preferred - 1L) * k + used_last], k * k), k)
counted <- people[used_last > 0L & district > 0L & satisfaction > 0L, .N, by = c("used_last", "district", "satisfaction", "reason", "got")]
counted[, `:=`(used_last = droplevels(label(used_last, "used_last")), district = droplevels(label(district, "district")),
               satisfaction = ordered(satisfaction), reason = fifelse(reason > 0L, reason, NA_integer_))]
stage("count")

# --- Notebook 03 ----------------------------------------------------------------------------------
n <- sum(square); wilson <- function(yes, n) as.vector(prop.test(yes, n, correct = FALSE)$conf.int)
used <- rowSums(square); preferred <- colSums(square); both <- diag(square); there <- which(used + preferred > 0)
move <- (used - preferred)[there][-1]; V <- (diag(used + preferred) - square - t(square))[there, there][-1, -1]
stuart_maxwell <- sum(move * solve(V, move)); bhapkar <- stuart_maxwell / (1 - stuart_maxwell / n)
spread <- diag(used + preferred) - square - t(square) - tcrossprod(preferred - used) / n
z <- mvtnorm::qmvnorm(0.95, tail = "both.tails", corr = cov2cor(spread[there, there]))$quantile
b <- used - both; c <- preferred - both; p <- (b + 1) / (n + 2); q <- (c + 1) / (n + 2)   # Bonett and Price
half <- sqrt((p + q - (q - p)^2) / (n + 2))
mcnemar <- p.adjust(mapply(function(b, c) if (b + c) binom.test(b, b + c)$p.value else 1, b, c)[there], "holm")
shift <- data.frame(estimate = (preferred - used) / n, low = q - p - z * half, high = q - p + z * half)
same <- wilson(sum(both), n); reached <- t(mapply(wilson, both[preferred > 0], preferred[preferred > 0]))
# Weights: raked to district, and to age by sex; who did not tell keeps the share such people have
population <- fread(book$population)
mine <- people[connection %in% match(unlist(book$among), unlist(questions$connection$codes)) &
               district != match("outside", unlist(questions$district$codes))]
told <- function(x, role) unlist(questions[[role]]$codes)[fifelse(x > 0L, x, NA_integer_)]
mine[, `:=`(m1 = told(district, "district"), m2 = fifelse(age > 0L & sex > 0L, paste(told(age, "age"), told(sex, "sex")), NA_character_))]
population[, `:=`(m1 = district, m2 = paste(age, sex))]
known <- lapply(c("m1", "m2"), function(m) { unsaid <- mean(is.na(mine[[m]])); table <- tapply(population$adults, population[[m]], sum)
  c(table * (1 - unsaid), untold = sum(table) * unsaid) })
mine[, `:=`(m1 = factor(fcoalesce(m1, "untold"), names(known[[1]])), m2 = factor(fcoalesce(m2, "untold"), names(known[[2]])))]
total <- c(`(Intercept)` = sum(population$adults), setNames(known[[1]][-1], paste0("m1", names(known[[1]])[-1])),
           setNames(known[[2]][-1], paste0("m2", names(known[[2]])[-1])))
groups <- mine[, .N, keyby = .(m1, m2)][, start := N / sum(N) * sum(population$adults)]   # who has the same weight
raked <- calibrate(svydesign(~1, weights = ~start, data = groups), ~ m1 + m2, total, calfun = "raking", epsilon = 1e-10)
groups[, g := weights(raked) / N]; X <- model.matrix(~ m1 + m2, groups); mine[groups, weight := i.g, on = c("m1", "m2")]
weighted_mean <- function(y, domain) {   # with the linearised standard error of survey::svymean, of counted rows
  P <- mine[, .(m1, m2, y = y * domain, domain = domain + 0)][, .N, by = .(m1, m2, y, domain)][groups[, .(m1, m2, g)], on = c("m1", "m2")]
  mean <- P[, sum(N * g * y) / sum(N * g * domain)]; P[, u := (y - mean * domain) / sum(N * g * domain)]
  own <- P[, .(u = sum(N * u) / sum(N)), keyby = .(m1, m2)][groups, fitted := lm.wfit(X, u, i.N)$fitted.values, on = c("m1", "m2")]
  P[own, r := g * (u - i.fitted), on = c("m1", "m2")]; n <- sum(P$N)
  c(mean, P[, sqrt(n / (n - 1) * sum(N * (r - sum(N * r) / n)^2))])
}
pair <- mine[, used_last > 0L & preferred > 0L]; rated <- mine[, used_last > 0L & district > 0L & satisfaction > 0L]
most <- which.max(abs(shift$estimate))
heavy_same <- weighted_mean(as.numeric(mine$used_last == mine$preferred), pair)
heavy_moved <- weighted_mean((mine$preferred == most) - (mine$used_last == most), pair); stage("notebook 03")

# --- Notebook 04: of counted rows with weights ------------------------------------------------------
fit <- function(formula, data, weight) eval(bquote(clm(.(formula), data = data, weights = .(as.name(weight)), control = clm.control(gradTol = 1e-8))))
everybody <- counted[, .(N = sum(N)), by = .(used_last, district, satisfaction)]
full <- fit(satisfaction ~ used_last + district, everybody, "N"); by_channel <- fit(satisfaction ~ used_last, everybody, "N")
channels <- anova(full, fit(satisfaction ~ district, everybody, "N"))
random <- suppressWarnings(clmm(satisfaction ~ used_last + (1 | district), data = everybody, weights = N))   # of steps that are halved
districts <- pchisq(2 * max(0, as.numeric(logLik(random) - logLik(by_channel))), 1, lower.tail = FALSE) / 2
satisfied <- everybody[, .(yes = sum(N[satisfaction >= "4"]), n = sum(N)), by = district]
overall <- wilson(sum(satisfied$yes), sum(satisfied$n))
pooled <- lme4::glmer(cbind(yes, n - yes) ~ 1 + (1 | district), satisfied, binomial); drawn <- as.data.frame(lme4::ranef(pooled))
district_shares <- plogis(lme4::fixef(pooled) + drawn$condval + outer(drawn$condsd, c(0, -1.96, 1.96)))
# The difference that having got the preferred channel makes, all else equal, by the delta method
got_difference <- function(m, data, weight, V) {
  x <- model.matrix(~ used_last + district + got + reason, data)[, -1]; cuts <- length(m$alpha); w <- weight / sum(weight)
  share <- function(p, got) { x[, "got"] <- got; sum(w * plogis(p[cuts - 1] - x %*% p[-(1:cuts)], lower.tail = FALSE)) }
  f <- function(p) share(p, 1) - share(p, 0); g <- numDeriv::grad(f, coef(m)); error <- sqrt(sum(g * (V %*% g)))
  c(f(coef(m)), tanh(atanh(f(coef(m))) + c(-1, 1) * 1.96 * error / (1 - f(coef(m))^2)))
}
knew <- counted[!is.na(got) & !is.na(reason)][, reason := factor(reason)]
got <- fit(satisfaction ~ used_last + district + got + reason, knew, "N")
plain_got <- got_difference(got, knew, knew$N, vcov(got))
heavy <- mine[rated & !is.na(got) & reason > 0L, .(w = sum(weight), w2 = sum(weight^2), N = .N), by = .(used_last, district, satisfaction, reason, got)]
heavy[, `:=`(w2 = w2 / (sum(w) / sum(N))^2, w = w / (sum(w) / sum(N)), used_last = droplevels(label(used_last, "used_last")), reason = factor(reason),
             district = droplevels(label(district, "district")), satisfaction = ordered(satisfaction))]
got_heavy <- fit(satisfaction ~ used_last + district + got + reason, heavy, "w")
scores <- function(m, data) {   # of one reply of each pattern
  x <- model.matrix(~ used_last + district + got + reason, data)[, -1]; y <- as.integer(data$satisfaction); k <- length(m$alpha)
  eta <- as.vector(x %*% m$beta); edges <- c(-Inf, m$alpha, Inf); hi <- edges[y + 1] - eta; lo <- edges[y] - eta
  chance <- plogis(hi) - plogis(lo); cuts <- outer(y, 1:k, `==`) * dlogis(hi) - outer(y - 1, 1:k, `==`) * dlogis(lo)
  cbind(cuts, -x * (dlogis(hi) - dlogis(lo))) / chance
}
s <- scores(got_heavy, heavy); bread <- vcov(got_heavy)
heavy_got <- got_difference(got_heavy, heavy, heavy$w, bread %*% crossprod(s * sqrt(heavy$w2)) %*% bread)
heavy_best <- weighted_mean(as.numeric(mine$satisfaction >= 4L), rated); stage("notebook 04")

peak <- as.numeric(sub("[^0-9]*([0-9]+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(jsonlite::toJSON(list(
  versions = c(list(R = paste(R.version$major, R.version$minor, sep = ".")), lapply(setNames(nm = c("data.table", "ordinal", "survey")), function(x) as.character(packageVersion(x)))),
  stages = stages, processor = processor, peak_mb = peak,
  answers = list(replies = replies, left = left, square = square, ordinal = as.numeric(coef(full)), stuart_maxwell = stuart_maxwell, bhapkar = bhapkar,
    shift = shift, bound = z, same = c(sum(both) / n, same), reached = reached, mcnemar = mcnemar, channels_p = channels$`Pr(>Chisq)`[2], districts_p = districts,
    district_sd = as.numeric(attr(VarCorr(random)$district, "stddev")), satisfied = c(sum(satisfied$yes) / sum(satisfied$n), overall), got = plain_got,
    district_shares = district_shares, weighted_same = heavy_same, weighted_moved = heavy_moved, weighted_satisfied = heavy_best, weighted_got = heavy_got)),
  auto_unbox = TRUE, digits = 10), "\n")
