# Who answered what, from responses.csv and the description of the codebook.

missing_kinds <- c("not_asked", "dont_know", "no_answer", "")

read_survey <- function(responses, folder) {
  s <- fromJSON(file.path(folder, "description.json"), simplifyVector = TRUE)
  s$cells <- read.csv(responses, colClasses = "character", na.strings = character(0), check.names = FALSE)
  s$n <- nrow(s$cells)
  s$used <- if (has(s, "used_last")) "used_last" else "used"
  themes <- file.path(folder, "themes.csv")
  if (file.exists(themes)) {
    read <- read.csv(themes, check.names = FALSE)
    s$coded <- read[match(s$cells$raw_row, read$raw_row), -1, drop = FALSE]
  }
  counted <- file.path(folder, "population.csv")
  if (file.exists(counted)) s$counted <- read.csv(counted, check.names = FALSE,
    colClasses = c(rep("character", ncol(read.csv(counted, nrows = 1)) - 1), "numeric"))
  s
}

has <- function(s, ...) all(c(...) %in% names(s$questions))
question <- function(s, role) s$questions[[role]]

# TRUE of who gave a substantive answer to all of some questions
answered <- function(s, ...) {
  columns <- unlist(lapply(c(...), function(role) question(s, role)$columns))
  rowSums(sapply(s$cells[columns], function(x) x %in% missing_kinds)) == 0
}

# The answers of a question as a factor of labels, NA where there is none
answer <- function(s, role) {
  q <- question(s, role)
  codes <- if (q$kind == "ordered") setdiff(q$codes, q$not_offered) else q$codes
  factor(s$cells[[q$columns]], levels = codes, labels = q$labels[match(codes, q$codes)])
}

# Who named which answer: a logical matrix, NA of who did not answer; "none of these" is no column
named <- function(s, role) {
  q <- question(s, role); kept <- !(q$codes %in% q$exclusive)
  found <- if (q$kind == "multiple") sapply(q$columns[kept], function(x) s$cells[[x]] %in% c("1", "1.0"))
           else sapply(q$codes[kept], function(x) s$cells[[q$columns]] == x)
  found <- matrix(found, nrow = s$n, dimnames = list(NULL, q$labels[kept]))
  found[!answered(s, role), ] <- NA
  found
}

# The same by the codebook's groups of channels
named_groups <- function(s, role) {
  found <- named(s, role)
  of <- character(0)   # a label has one group, whichever of the questions names it first
  for (each in Filter(function(x) has(s, x), c("preferred", "used", "used_last"))) {
    q <- question(s, each); fresh <- !(q$labels %in% names(of))
    of <- c(of, setNames(q$groups[fresh], q$labels[fresh]))
  }
  groups <- unique(of[colnames(found)])
  sapply(setNames(groups, groups), function(g) rowSums(found[, of[colnames(found)] == g, drop = FALSE]) > 0)
}

best_answers <- function(s, role) {
  q <- question(s, role); offered <- setdiff(q$codes, q$not_offered)
  best <- if (length(q$best)) q$best else tail(offered, if (length(offered) > 3) 2 else 1)
  q$labels[q$codes %in% best]
}
is_best <- function(s, role) {
  given <- as.character(answer(s, role))
  ifelse(is.na(given), NA, given %in% best_answers(s, role))
}

other_channel <- function(s) { q <- question(s, s$used); q$labels[q$codes %in% q$other] }
absent_channels <- function(s) { q <- question(s, s$used); q$labels[q$codes %in% q$not_offered] }

# Whether people used all channels that they prefer, of those on offer and not "Other"; NA if none
used_preferred <- function(s) {
  used <- named(s, s$used); preferred <- named(s, "preferred")
  counted <- setdiff(intersect(colnames(preferred), colnames(used)), c(absent_channels(s), other_channel(s)))
  wish <- preferred[, counted, drop = FALSE]; did <- used[, counted, drop = FALSE]
  got <- rowSums(wish & !did) == 0
  got[rowSums(wish) == 0] <- NA
  got[!answered(s, s$used, "preferred")] <- NA
  got
}

# As a label stands inside a sentence
inside <- function(label) ifelse(grepl("^.([a-z]|-)", label), paste0(tolower(substr(label, 1, 1)), substring(label, 2)), label)
at_start <- function(text) paste0(toupper(substr(text, 1, 1)), substring(text, 2))

# The headlines that weights may move: name -> logical, NA of who did not answer
headline_answers <- function(s) {
  found <- list()
  if (has(s, "preferred")) {
    groups <- named_groups(s, "preferred")
    for (g in colnames(groups)) found[[paste0(s$words$preferred_short, ": ", inside(g))]] <- groups[, g]
  }
  if (has(s, "preferred", s$used)) found[[paste(s$words$used_short, "what they", s$words$preferred)]] <- used_preferred(s)
  for (role in Filter(function(x) has(s, x), c("satisfaction", "ease", "visibility", "accessibility", "video_use"))) {
    name <- if (role == "satisfaction") s$words$satisfied
            else paste0(question(s, role)$noun, ": ", paste(inside(best_answers(s, role)), collapse = " or "))
    found[[at_start(name)]] <- is_best(s, role)
  }
  found
}

# --- Categories that hold too few people, joined ------------------------------------------------
# `counts`: people by category (rows), perhaps crossed with another characteristic (columns)
join_small <- function(counts, fewest, in_order) {
  parts <- as.list(seq_len(nrow(counts)))
  sums <- function() do.call(rbind, lapply(parts, function(p) colSums(counts[p, , drop = FALSE])))
  least <- function() apply(sums(), 1, min)
  if (in_order) while (min(least()) < fewest && length(parts) > 1) {
    small <- which.min(least()); total <- rowSums(sums())
    near <- Filter(function(i) i >= 1 && i <= length(parts), c(small - 1, small + 1))
    other <- near[which.min(total[near])]
    pair <- sort(c(small, other))
    parts[[pair[1]]] <- c(parts[[pair[1]]], parts[[pair[2]]]); parts[[pair[2]]] <- NULL
  } else if (any(least() < fewest)) {
    order_of <- order(least(), rowSums(counts))
    count <- sum(least() < fewest)
    while (min(colSums(counts[order_of[1:count], , drop = FALSE])) < fewest && count < nrow(counts)) count <- count + 1
    together <- sort(order_of[1:count])
    parts <- c(as.list(setdiff(seq_len(nrow(counts)), together)), list(together))
  }
  labels <- rownames(counts); result <- character(nrow(counts))
  for (p in parts) result[p] <- joined_name(labels[p], in_order)
  setNames(result, labels)
}

joined_name <- function(labels, in_order) {
  if (length(labels) == 1) return(labels)
  first <- regmatches(labels[1], regexec("^([0-9]+)(-|–| to )([0-9]+)$", labels[1]))[[1]]
  last <- tail(labels, 1)
  open <- regmatches(last, regexec("^[0-9]+(\\+| (and|or) (over|older|above|more))$", last))[[1]]
  if (in_order && length(first)) {
    if (length(open)) return(paste0(first[2], open[2]))
    return(paste0(first[2], first[3], sub("^.*[^0-9]([0-9]+)$", "\\1", last)))
  }
  if (length(labels) == 2) return(paste(labels, collapse = " and "))
  if (in_order) paste(labels[1], "to", last) else "All others"
}

joined <- function(groups, fewest, in_order) {
  groups <- droplevels(groups)
  counts <- as.matrix(table(groups))
  to <- join_small(matrix(counts, dimnames = list(levels(groups), NULL)), min(fewest, length(groups)), in_order)
  factor(to[as.character(groups)], levels = c(setdiff(unique(to), "All others"), intersect(to, "All others")))
}

# Groupings such that at least half of the people told each and all before it
told_by_most <- function(groupings, people) {
  chosen <- character(0); left <- people
  for (name in names(groupings)) {
    both <- left & !is.na(groupings[[name]])
    if (sum(both) >= sum(people) / 2) { chosen <- c(chosen, name); left <- both }
  }
  chosen
}

# How many people a group needs so that both kinds of answer can be expected of enough of them
people_needed <- function(s, share) ceiling(s$threshold / max(min(share, 1 - share), 0.01))
