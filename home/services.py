"""Setting up a centre."""

from home.roles import create_roles
from home.skeleton import create_skeleton

__all__ = ["create_roles", "create_skeleton"]
