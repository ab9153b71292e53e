//! Stores in a PostgreSQL database: everything that knows the server, its
//! protocol, table definitions or settings.
