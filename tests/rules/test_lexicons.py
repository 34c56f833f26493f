from __future__ import annotations

import pytest

from healthlint.errors import UserError
from healthlint.rules.lexicons import Lexicon, load_lexicon_file, load_lexicons

from .conftest import Folder


def test_a_lexicon(folder: Folder) -> None:
    path = folder.lexicon("dust", "moon dust", "~grain", cased=["MD"])
    assert load_lexicon_file(path) == Lexicon("dust", "words for a test", ("moon dust", "~grain"), ("MD",))


def test_a_list_of_orders(folder: Folder) -> None:
    assert load_lexicon_file(folder.lexicon("sweep", "sweep up", orders=True)).orders
    assert not load_lexicon_file(folder.lexicon("sweep", "sweep up", orders=False)).orders


def test_a_folder_in_order_of_name(folder: Folder) -> None:
    folder.lexicon("sand", "sand")
    folder.lexicon("dust", "dust")
    assert [x.name for x in load_lexicons(folder.path / "lexicons")] == ["dust", "sand"]
    assert load_lexicons(folder.path / "none") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("schema: 1\nname: dust\nabout: x\nterms: [Dust]", ":4: term 'Dust' is not lower case"),
        ("schema: 1\nname: dust\nabout: x\nterms: [a, a]", ":4: 'a' stands twice in terms"),
        ("schema: 1\nname: dust\nabout: x\nterms: [a~b]", "'~' must stand before a word"),
        ("schema: 1\nname: dust\nabout: x\nterms: ['']", "terms is empty"),
        ("schema: 1\nname: dust\nabout: x\nterms: ['~ a']", "'~' must stand before a word"),
        ("schema: 1\nname: dust\nabout: x\nterms: []", "the lexicon has no terms"),
        ("schema: 1\nname: dust\nabout: x", "the lexicon has no terms"),
        ("schema: 1\nname: dust\nterms: [a]", "lacks the key 'about'"),
        ("schema: 1\nname: sand\nabout: x\nterms: [a]", ":2: the file must be named sand.yaml"),
        ("schema: 1\nname: Dust\nabout: x\nterms: [a]", "name 'Dust' is no name"),
        ("schema: 2\nname: dust\nabout: x\nterms: [a]", "schema must be 1"),
        ("schema: 1\nname: dust\nabout: x\nterm: [a]", "did you mean 'terms'?"),
        ("schema: 1\nname: dust\nabout: x\nterms: [a]\norders: often", ":5: orders must be true or false"),
        ("[", "is no valid YAML"),
    ],
)
def test_errors(folder: Folder, text: str, problem: str) -> None:
    path = folder.text("lexicons/dust.yaml", text)
    with pytest.raises(UserError) as caught:
        load_lexicon_file(path)
    assert problem in str(caught.value)
    assert str(path) in str(caught.value)


def test_every_broken_file_is_told(folder: Folder) -> None:
    folder.lexicon("dust", "Dust")
    folder.lexicon("sand", "Sand")
    with pytest.raises(UserError) as caught:
        load_lexicons(folder.path / "lexicons")
    assert "'Dust'" in str(caught.value)
    assert "'Sand'" in str(caught.value)
