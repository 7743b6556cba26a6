"""Markdown converted with what a text uses is Markdown converted with everything."""

from hypothesis import example, given
from hypothesis import strategies as st
from magazine_factory import REPOSITORY
from markdown import Markdown

from plugins.magazine.dialect import EXTENSIONS, Dialect, EmptyNotes
from plugins.magazine.front_matter import read_front_matter, read_text
from plugins.magazine.listing import list_files
from plugins.magazine.shelf import is_document

PIECES = st.sampled_from(
    ["un", "L'été", "2 ", " ", "  ", "    ", "\t", "\n", "\n\n", "  \n", "\r\n", ".", " : ", " !",
     "*", "**", "_", "__", "`", "``", "\\", "\\*", "\\[", "&", "&amp;", "&#160;", "<", ">",
     "[", "]", "(", ")", "![", "[un](deux)", '![un](x.png "t | c")', "[un][r]", "[r]", "![r]",
     "\n[r]: x 'y'\n", "[^a]", "[^b]", "\n[^a]: ", "\n\n[^b]: un\n", "<https://x.y>", "<a@b.c>",
     "<b>", "</b>", "\n\n<div>", "</div>\n\n", "<!-- c -->", "\n\n<!-- more -->\n\n", "<?p?>",
     "\n# ", "\n## ", "#", " {#id}", "{: .c }", "{:", "}", "\n> ", "\n- ", "\n1. ", "\n    - ",
     "\n===\n", "\n---\n", "\n***\n", "\n: ", "\n:\t", "\n\n    : ", "|", "\n|-|-|\n", " | ",
     "-|:-", "\n```\n", "\n~~~ {.c}\n", "```", "\n\n    code", "\x02", "\x03", "\ufeff", "\u2028"]
)  # fmt: skip
ONE_OF_EACH = """\
# Un titre {#ici}

Un *mot*, un __autre__[^n], `du code`, un [lien](x), un [renvoi][r] et [r] ; \\* <b>gras</b> &amp;

| a | b |
|---|:-:|
| 1 | 2 |

```
code
```

Terme
:   Définition

> Citation{: .c }

[r]: https://example.org/ "Un titre"
[^n]: La note.
"""


def _everything() -> Markdown:
    configs = {"footnotes": {"USE_DEFINITION_ORDER": False}}
    whole = Markdown(extensions=list(EXTENSIONS), extension_configs=configs, output_format="html")
    whole.treeprocessors.register(EmptyNotes(whole), "empty-notes", 49)
    return whole


WHOLE, SPARING = _everything(), Dialect()


@given(st.lists(PIECES, max_size=30).map("".join))
@example(ONE_OF_EACH)
@example("Un[^b] et[^b].\n\n[^a]: La note.\n\n[^b]:\n")
def test_what_a_text_does_not_use_changes_nothing(source: str) -> None:
    assert SPARING.convert(source) == WHOLE.reset().convert(source)


def test_every_text_of_the_demonstration_is_what_everything_makes_of_it() -> None:
    content = REPOSITORY / "content"
    for path in filter(is_document, list_files(content)):
        source = read_front_matter(read_text(content / path)).body
        assert SPARING.convert(source) == WHOLE.reset().convert(source), path


def test_a_text_does_not_change_the_next() -> None:
    alone = Dialect().convert("Un[^n] [r].\n\n[^n]: Note.\n")
    SPARING.convert(ONE_OF_EACH)
    assert SPARING.convert("Un[^n] [r].\n\n[^n]: Note.\n") == alone
