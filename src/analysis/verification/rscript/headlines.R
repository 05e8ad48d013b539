# A recipe for each headline: each gives one row or, where something was chosen, candidates in order.

row_of <- function(x, heavy = NULL, subject = "", rank = 1, error = 0, heavy_error = 0, few = FALSE) {
  ends <- if (is.null(x$ends)) c(NA, NA) else x$ends; w <- if (is.null(heavy)) list(estimate = NA, ends = c(NA, NA), n = NA) else heavy
  data.frame(subject, rank, estimate = x$estimate, conf_low = ends[1], conf_high = ends[2], n = x$n,
             weighted = w$estimate, weighted_low = w$ends[1], weighted_high = w$ends[2], n_weighted = w$n, error, heavy_error, few,
             choice = NA_real_, step = 0, class = "", class_value = NA_real_, class_error = 0,
             flat_to = if (is.null(x$flat_to)) 0 else x$flat_to)
}

# Candidates in order, the first the lowest by a number, in steps where the rule of the headline has
# them; the number goes with them, so that the comparison sees which are equal by it
candidates <- function(rows, by, step = 0) {
  rows$choice <- by; rows$step <- step
  rows <- rows[order(if (step > 0) round(by / step) else by), ]; rows$rank <- seq_len(nrow(rows)); rows
}

recipes <- list(
  "^replies_kept$" = function(s, W) row_of(list(estimate = s$n / s$received, n = s$received)),

  "^most_missing$" = function(s, W) {
    unlike <- sapply(W$composition, function(m) sum(abs(m$n / sum(m$n) - m$share)) / 2)
    m <- W$composition[[which.max(unlike)]]; m$own <- m$n / sum(m$n); told <- sum(m$n)
    rows <- do.call(rbind, lapply(which(m$n >= s$threshold), function(i) row_of(
      list(estimate = m$own[i], ends = wilson(m$n[i], told), n = told), subject = paste0("missing: ", m$category[i], " ("))))
    candidates(rows, (round(m$own, 2) - m$share)[m$n >= s$threshold])
  },

  "^moved_most$" = function(s, W) {
    every <- Filter(function(yes) any(!is.na(yes[W$rows])), headline_answers(s))
    moves <- lapply(every, function(yes) weights_move(W, yes))
    bound <- max_t(cov(sapply(moves, function(m) m$moved)), df = min(sapply(moves, function(m) m$n)) - 1)
    shown <- names(Filter(function(yes) splits(s, yes[W$rows]) && !weights_tell(W, !is.na(yes)), every))
    rows <- do.call(rbind, lapply(shown, function(name) {
      m <- moves[[name]]
      row_of(list(estimate = m$estimate, ends = m$estimate + c(-1, 1) * bound * m$error, n = m$n),
             subject = paste0('"', name, '" moves most'), error = 0.001 * m$error)
    }))
    candidates(rows, -abs(rows$estimate), 0.001)
  },

  "^same_answer$" = function(s, W) {
    several <- c(question(s, s$used)$kind, question(s, "preferred")$kind) == "multiple"
    a <- both_answers(s); same <- rowSums(a$used != a$preferred) == 0
    if (sum(several) == 1) same <- rowSums(a$used & a$preferred) > 0
    yes <- rep(NA, s$n); yes[a$people] <- ifelse(rowSums(a$used | a$preferred) > 0, same, NA)
    row_of(plain_share(yes), weighted_share(W, yes))
  },

  "^largest_shift$" = function(s, W) {
    rows <- shifts(s); by_group <- FALSE; aside <- c(absent_channels(s), other_channel(s))
    shown <- rows[!rows$few & !(rows$answer %in% aside), ]
    if (nrow(shown) < 2) { rows <- shifts(s, TRUE); by_group <- TRUE; shown <- rows[!rows$few & !(rows$answer %in% aside), ] }
    shown <- shown[order(-abs(shown$estimate)), ]
    rows <- do.call(rbind, lapply(seq_len(nrow(shown)), function(i) {
      equal <- abs(abs(shown$estimate[i]) - abs(shown$estimate[1])) < 1e-5
      heavy <- if (equal) weighted_shift(W, s, shown$answer[i], by_group) else NULL
      row_of(list(estimate = shown$estimate[i], ends = c(shown$told_low[i], shown$told_high[i]), n = shown$n[i]), heavy,
             subject = paste0("^", shown$answer[i], ": "), error = if (shown$rough[i]) 0 else 0.001 * shown$error[i],
             heavy_error = if (is.null(heavy)) 0 else 0.001 * heavy$error)
    }))
    candidates(rows, -abs(shown$estimate))
  },

  "^least_reached$" = function(s, W) {
    t <- s$threshold; rows <- shifts(s); aside <- c(absent_channels(s), other_channel(s)); a <- both_answers(s)
    rows <- rows[!rows$few & !(rows$answer %in% aside) & rows$both >= t & rows$preferred - rows$both >= t, ]
    made <- do.call(rbind, lapply(seq_len(nrow(rows)), function(i) {
      r <- rows[i, ]; least <- r$both; most <- r$both
      if (r$rough) {   # whatever the rounded count may stand for
        near <- floor(r$both / t + 0.5) * t
        least <- min(max(ceiling(near - t / 2), t), r$preferred); most <- min(ceiling(near + t / 2) - 1, r$preferred)
      }
      yes <- rep(NA, s$n); yes[a$people] <- ifelse(a$preferred[, r$answer], a$used[, r$answer], NA)
      x <- list(estimate = if (r$rough) NA else r$both / r$preferred, n = r$preferred,
                ends = c(wilson(least, r$preferred)[1], wilson(most, r$preferred)[2]))
      cbind(row_of(x, if (r$rough) NULL else weighted_share(W, yes), subject = paste0("^", r$answer, ": ")), middle = (least + most) / 2 / r$preferred)
    }))
    candidates(made[names(made) != "middle"], made$middle)
  },

  "^satisfied$" = function(s, W) {
    yes <- rep(NA, s$n); rows <- satisfaction_people(s)$rows; yes[rows] <- is_best(s, "satisfaction")[rows]
    row_of(plain_share(yes), weighted_share(W, yes))
  },
  "^districts$" = function(s, W) row_of(district_spread(s)),
  "^got_preferred$" = function(s, W) row_of(got_preferred(s), if (!is.null(W)) got_preferred(s, W)),

  "^(highest|lowest)_channel$" = function(s, W, id) {
    made <- satisfaction_people(s); best <- best_answers(s, "satisfaction")
    m <- fit_clm("satisfaction", made$formula, made$people)
    found <- do.call(rbind, lapply(unname(made$terms), function(term) predicted(m, term, best)))
    several <- !("channel" %in% made$terms); if (several) found$level <- names(made$terms)
    found$hidden <- hidden_in(s, found, add_up = !several)
    ends_of(s, found[!(found$level %in% c(other_channel(s), "Used by few people each")), ], grepl("highest", id), "^%s: ")
  },

  "^(visibility|accessibility)_good$" = function(s, W, id) {
    yes <- is_best(s, sub("_good", "", id)); row_of(plain_share(yes), weighted_share(W, yes))
  },
  "^visibility_accessibility$" = function(s, W) {
    both <- answered(s, "visibility", "accessibility")
    row_of(tau_b(answer(s, "visibility")[both], answer(s, "accessibility")[both]))
  },
  "^(highest|lowest)_(visibility|accessibility)$" = function(s, W, id) {
    found <- pooled_districts(s, is_best(s, sub("^.*_", "", id)))
    rows <- ends_of(s, found, grepl("highest", id), "%s", found$error)
    rows
  },

  "^video_likely$" = function(s, W) { yes <- is_best(s, "video_use"); row_of(plain_share(yes), weighted_share(W, yes)) },
  "^video_(age|disability|channel)_(lowest|highest)$" = function(s, W, id) {
    made <- video_people(s); term <- sub("^video_(.*)_.*$", "\\1", id); best <- is_best(s, "video_use")[made$row]
    named <- Filter(function(x) two_shown(s, best, made[[x]]), intersect(c("age", "disability", "channel"), names(made)))
    m <- fit_clm("video_use", named, made)
    ends_of(s, predicted(m, term, best_answers(s, "video_use")), grepl("highest$", id), "^Video chat, %s: ", term = term)
  },
  "^video_place$" = function(s, W) {
    places <- named(s, "video_place"); size <- colSums(places, na.rm = TRUE); shown <- names(size)[size >= s$threshold]
    rows <- do.call(rbind, lapply(shown, function(x) row_of(plain_share(places[, x]), weighted_share(W, places[, x]),
                                                            subject = paste0("ticked ", inside(x)))))
    candidates(rows, -rows$estimate)
  },
  "^video_against_preference$" = function(s, W) {
    made <- video_people(s); got <- used_preferred(s)[made$row]; yes <- is_best(s, "video_use")[made$row]
    unasked <- s$cells[[question(s, s$used)$columns[1]]][made$row] == "not_asked"
    got[unasked] <- NA; kept <- !is.na(got); a <- yes[kept & !got]; b <- yes[kept & got]
    wa <- wilson(sum(a), length(a)); wb <- wilson(sum(b), length(b)); d <- mean(a) - mean(b)   # Newcombe's method 10
    ends <- d + c(-sqrt((mean(a) - wa[1])^2 + (wb[2] - mean(b))^2), sqrt((wa[2] - mean(a))^2 + (mean(b) - wb[1])^2))
    row_of(list(estimate = d, ends = ends, n = sum(kept)))
  },

  "^digital_gap$" = function(s, W) {
    people <- digital_people(s); u <- people$used; p <- people$prefers; n <- nrow(people); t <- s$threshold
    both <- sum(u & p); ends <- bonett_price(sum(u) - both, sum(p) - both, n, qnorm(0.975))
    if (min(both, sum(u) - both, sum(p) - both) < t) stop("listed: few people gave one pair of answers, and the widened interval has no recipe")
    values <- matrix(NA_real_, s$n, 1); values[people$row, 1] <- p - u; heavy <- NULL
    if (!is.null(W) && !weights_tell(W, !is.na(values[, 1]))) { m <- weighted_means(W, values); error <- sqrt(m$cov[1, 1])
      heavy <- list(estimate = m$estimate, ends = m$estimate + c(-1, 1) * qt(0.975, m$n - 1) * error, n = m$n) }
    row_of(list(estimate = mean(p - u), ends = ends, n = n), heavy)
  },
  "^digital_elsewhere$" = function(s, W) {
    people <- digital_people(s); yes <- rep(NA, s$n); yes[people$row] <- ifelse(people$used, !people$prefers, NA)
    row_of(plain_share(yes), weighted_share(W, yes))
  },
  "^digital_by_(age|disability)$" = function(s, W, id) {
    people <- digital_people(s); terms <- intersect(c("age", "disability"), names(people)); term <- sub("digital_by_", "", id)
    people <- droplevels(people[stats::complete.cases(people[terms]), ])
    terms <- Filter(function(x) length(unique(people[[x]])) > 1, terms)
    people$outcome <- factor(people$prefers, levels = c(FALSE, TRUE), ordered = TRUE)
    ends_of(s, predicted(fit_clm("outcome", terms, people), term, "TRUE"), FALSE, "^%s: ", term = term)
  },

  "^theme_" = function(s, W, id) {
    yes <- s$coded[[sub("^theme_", "change__", id)]] == 1
    row_of(plain_share(yes), weighted_share(W, yes))
  },
  "^change_same_as_why$" = function(s, W) {
    what <- as.matrix(s$coded[grepl("^change__", names(s$coded))]); why <- as.matrix(s$coded[sub("^change__", "change_why__", colnames(what))])
    both <- rowSums(what) > 0 & rowSums(why) > 0; yes <- ifelse(both %in% TRUE, rowSums(what * why) > 0, NA)
    row_of(plain_share(yes), weighted_share(W, yes))
  },

  "^largest_gap$" = function(s, W) {
    gaps <- district_gaps(s)
    made <- do.call(rbind, lapply(seq_len(nrow(gaps)), function(i) with(gaps[i, ], row_of(
      list(estimate = gap, ends = c(gap_low, gap_high), n = n), subject = sprintf("is %s's: %s ", level, measure), rank = i, error = 0.06 * error))))
    cbind(made[setdiff(names(made), c("choice", "step", "class", "class_value", "class_error"))],
          data.frame(choice = -abs(gaps$gap), step = 0.001, gaps[c("class", "class_value", "class_error")]))
  }
)

# The ends of a list of groups, ranked by shares in whole percent, few people's left out
ends_of <- function(s, found, highest, template, error = rep(0, nrow(found)), term = "") {
  found$error <- error
  found <- found[!(if (is.null(found$hidden)) hidden_in(s, found) else found$hidden), ]
  level <- ifelse(nzchar(term) & nchar(found$level) <= 3, paste0(at_start(gsub("_", " ", term)), ": ", inside(found$level)), found$level)
  rows <- do.call(rbind, lapply(seq_len(nrow(found)), function(i) row_of(
    list(estimate = found$estimate[i], ends = c(found$low[i], found$high[i]), n = found$n[i]), subject = sprintf(template, level[i]), error = 0.06 * found$error[i])))
  if (highest) { rows <- rows[rev(seq_len(nrow(rows))), ]; candidates(rows, -rows$estimate, 0.01) } else candidates(rows, rows$estimate, 0.01)
}

# Whether shares of two groups or more may be shown, so that they are compared at all
two_shown <- function(s, yes, groups) {
  groups <- droplevels(groups); n <- as.vector(table(groups)); top <- as.vector(tapply(yes, groups, sum))
  length(n) > 1 && sum(!few_told(cbind(top, n - top), s$threshold)) > 1
}

# Groups that have no place in a list, since few of them gave one kind of answer
hidden_in <- function(s, found, add_up = nrow(found) > 1) {
  people <- cbind(found$top, found$n - found$top)
  if (add_up) few_told(people, s$threshold) else apply(people < s$threshold, 1, any)
}

# Who said whether they would use a video chat, and told their groups
video_people <- function(s) {
  people <- !is.na(answer(s, "video_use")); groups <- list()
  for (role in c("age", "disability", "district")) if (has(s, role)) groups[[role]] <- answer(s, role)
  if (has(s, s$used)) groups$channel <- channel_group(s)
  chosen <- told_by_most(groups, people)
  rows <- which(people & Reduce(`&`, lapply(groups[chosen], function(g) !is.na(g)), TRUE))
  made <- data.frame(row = rows, video_use = droplevels(ordered(answer(s, "video_use")[rows], levels(answer(s, "video_use")))))
  fewest <- people_needed(s, mean(is_best(s, "video_use")[rows]))
  for (name in chosen) made[[name]] <- droplevels(factor(groups[[name]][rows]))
  if ("age" %in% chosen) made$age <- joined(made$age, fewest, question(s, "age")$in_order)
  if ("channel" %in% chosen) made$channel <- joined(made$channel, fewest, FALSE)
  made
}

channel_group <- function(s) {
  q <- question(s, s$used); did <- named(s, s$used); absent <- absent_channels(s)
  of <- setNames(ifelse(q$labels %in% absent, q$labels, q$groups), q$labels)[colnames(did)]
  groups <- unique(of); by_group <- sapply(groups, function(g) rowSums(did[, of == g, drop = FALSE]) > 0)
  count <- rowSums(by_group)
  own <- ifelse(count == 0, "None", ifelse(count > 1, "Several", groups[max.col(ifelse(is.na(by_group), 0, by_group), "first")]))
  own[s$cells[[q$columns[1]]] == "not_asked"] <- "Not asked about use"
  factor(own, levels = c(groups, "Several", "None", "Not asked about use"))
}

# Who said what they used and prefer; a digital channel is among those used, and among those preferred
digital_people <- function(s) {
  digital <- function(role) { g <- named_groups(s, role); rowSums(g[, intersect(s$words$digital_groups, colnames(g)), drop = FALSE]) > 0 }
  both <- answered(s, s$used, "preferred"); groups <- list()
  for (role in c("age", "disability")) if (has(s, role)) groups[[role]] <- answer(s, role)
  chosen <- told_by_most(groups, both); rows <- which(both)
  people <- data.frame(row = rows, used = digital(s$used)[rows], prefers = digital("preferred")[rows])
  for (name in chosen) people[[name]] <- groups[[name]][rows]
  silent <- if (length(chosen)) !stats::complete.cases(people[chosen]) else rep(FALSE, length(rows))
  splits <- function(x) sum(x) >= s$threshold && sum(!x) >= s$threshold
  if (!splits(people$used[silent]) || !splits(people$prefers[silent])) { people <- people[!silent, ]; silent <- silent[!silent] }
  for (name in chosen) people[[name]][silent] <- NA
  if ("age" %in% chosen) {
    told <- people[!silent, ]; rarer <- min(mean(told$used), 1 - mean(told$used), mean(told$prefers), 1 - mean(told$prefers))
    people$age <- factor(NA, levels = levels(joined(told$age, people_needed(s, rarer), question(s, "age")$in_order)))
    people$age[!silent] <- as.character(joined(told$age, people_needed(s, rarer), question(s, "age")$in_order))
  }
  people
}
