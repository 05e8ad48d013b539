"""What a codebook says of themes: how the open answers are read and what counts as which."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One theme of the open answers, and the phrases that it is read from.

    `only` has further phrases by role, for one of the questions alone, which count where no theme
    is found otherwise. `exclude` are passages
    that the theme must not be read from. `weak` phrases count where these find none either.
    `shared` are phrases that other themes have too. `praise` are phrases of content: beside them
    no other theme is read from the same part of a sentence.
    """

    code: str
    label: str
    description: str
    phrases: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThemeRules:
    """The themes in their order, and what their phrases share.

    `sets` are lists of words that phrases name in braces. `variants` lead from the way in which
    phrases are written to other ways of writing the same. `words` are right spellings, never
    taken for a slip of another word. `stop_words` say nothing on their own. `says_nothing` are
    phrases such as "do not know": an answer of them and stop words alone has no theme. `wishes`
    are words that ask for something: an answer with one of them is more than praise. `joins` are
    words at which a sentence of praise ends, as at a full stop.
    """

    themes: tuple[Theme, ...]
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()
    says_nothing: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()

    @property
    def labels(self) -> dict[str, str]:
        """Code -> label, in order."""
        return {theme.code: theme.label for theme in self.themes}

    @property
    def every_phrase(self) -> tuple[str, ...]:
        """All phrases and passages, of themes and sets."""
        own = [
            phrase
            for theme in self.themes
            for phrases in (
                theme.phrases,
                theme.shared,
                theme.praise,
                theme.weak,
                theme.exclude,
                *theme.only.values(),
            )
            for phrase in phrases
        ]
        sets = [phrase for phrases in self.sets.values() for phrase in phrases]
        return (*own, *sets, *self.says_nothing, *self.wishes, *self.joins)
