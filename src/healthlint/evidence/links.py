"""Where a link leads, judged by its address alone: to a journal, a registry, a regulator, a shop …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_ADDRESS = re.compile(r"(?:[a-z][a-z+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^?#]*)", re.I)
_SHOP = "shop"


class Links(NamedTuple):
    """What addresses stand for, as in `rules/cues/links.yaml`."""

    kinds: Mapping[str, str]
    """Hosts and the kind of each."""
    shop_hosts: frozenset[str]
    shop_paths: frozenset[str]
    research: frozenset[str]
    no_source: frozenset[str]

    def kind_of(self, target: str) -> str:
        """The kind of place that an address leads to; empty where nothing is known of it."""
        match = _ADDRESS.match(target.lower())
        if match is None:
            return ""
        labels = match.group(1).removeprefix("www.").split(".")
        for first in range(len(labels)):
            kind = self.kinds.get(".".join(labels[first:]))
            if kind:
                return kind
        steps = match.group(2).strip("/").split("/")
        return _SHOP if labels[0] in self.shop_hosts or not self.shop_paths.isdisjoint(steps) else ""


def link_data(links: Mapping[str, Any]) -> dict[str, Any]:
    """JSON-able data for `load_links` from the file of addresses."""
    return {
        "kinds": {host: kind for kind, hosts in links["hosts"].items() for host in hosts},
        **{key: links[key] for key in ("shop-hosts", "shop-paths", "research", "no-source")},
    }


def load_links(data: Mapping[str, Any]) -> Links:
    """The compiled data as values."""
    sets = (frozenset(data[key]) for key in ("shop-hosts", "shop-paths", "research", "no-source"))
    return Links(data["kinds"], *sets)
