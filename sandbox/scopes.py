"""Which scope a method needs. Methods that are not named here need none."""

from collections.abc import Mapping
from types import MappingProxyType

NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "chat.postMessage": "chat:write",
        "chat.update": "chat:write",
        "chat.delete": "chat:write",
        "chat.postEphemeral": "chat:write",
        "conversations.open": "im:write",
        "conversations.join": "channels:join",
        "users.list": "users:read",
        "users.info": "users:read",
        "usergroups.list": "usergroups:read",
        "usergroups.users.list": "usergroups:read",
        "team.info": "team:read",
        "files.getUploadURLExternal": "files:write",
        "files.completeUploadExternal": "files:write",
        "files.info": "files:read",
        "files.delete": "files:write",
    }
)

READ_BY_KIND: Mapping[str, str] = MappingProxyType(
    {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
)

HISTORY_BY_KIND: Mapping[str, str] = MappingProxyType(
    {
        "public": "channels:history",
        "private": "groups:history",
        "im": "im:history",
        "mpim": "mpim:history",
    }
)

EVERY_SCOPE = frozenset(
    {
        *NEEDED.values(),
        *READ_BY_KIND.values(),
        *HISTORY_BY_KIND.values(),
        "chat:write.public",
        "commands",
        "mpim:write",
        "users:read.email",
    }
)
