"""From scenario to arrays: everything that is given, before luck has its say."""

from sim.build.blueprint import Blueprint

__all__ = ["Blueprint"]
