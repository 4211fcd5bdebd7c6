"""What proves something outside this room: certificates, points, overviews, exports.

Its addresses, personal data, policies and registrations; the rules lie in the room's actions, queries and models.
"""
