"""Many stylesheets become one, in the written order, with addresses that still lead somewhere."""

import os
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from core.house_stylesheet import built_file, join, listed_files, source_folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_css", ".css").replace("_imports", ".imports")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_files_are_joined_in_the_order_of_the_list(tmp_path):
    write(
        tmp_path,
        house_imports_css='@import "b.css";\n/* @import "c.css"; */\n@import "a.css";',
        a_css="a{}",
        b_css="b{}",
        c_css="c{}",
    )
    assert join(tmp_path) == "b{}\na{}"


def test_addresses_are_rewritten_for_the_place_of_the_joined_file(tmp_path):
    write(
        tmp_path,
        house_imports_css='@import "components/a.css";',
        components__a_css='x{src:url("../../fonts/f.woff2")} y{background:url("data:image/svg+xml,z")}',
    )
    assert 'url("../fonts/f.woff2")' in join(tmp_path)
    assert 'url("data:image/svg+xml,z")' in join(tmp_path)


def test_a_newer_source_is_joined_again(tmp_path):
    write(tmp_path, house_imports_css='@import "a.css";', a_css="a{}")
    target = tmp_path / "out" / "house.css"
    assert built_file(tmp_path, target).read_text() == "a{}"
    write(tmp_path, a_css="a{color:red}")
    later = target.stat().st_mtime_ns + 10
    os.utime(tmp_path / "a.css", ns=(later, later))
    assert built_file(tmp_path, target).read_text() == "a{color:red}"


def test_every_component_stands_in_the_list():
    listed = {path.relative_to(source_folder()).as_posix() for path in listed_files(source_folder())}
    written = {
        path.relative_to(source_folder()).as_posix() for path in source_folder().glob("components/*.css")
    }
    assert written <= listed
    assert listed_files(source_folder())[0].name == "tokens.css"


def test_the_joined_file_is_found_and_its_addresses_exist():
    found = finders.find("css/house.css")
    assert isinstance(found, str)
    static = source_folder().parent
    for address in re.findall(r'url\("(?!data:)([^"]+)"\)', Path(found).read_text()):
        assert (static / "css" / address).resolve().is_file(), address
