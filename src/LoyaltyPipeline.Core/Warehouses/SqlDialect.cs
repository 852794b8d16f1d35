using System.Globalization;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Warehouses;

/// <summary>What an engine can do and how it writes things, as data: features ask for a capability, never for an engine.</summary>
public sealed record SqlDialect
{
    private static readonly Dictionary<DataType, string[]> Narrower = new()
    {
        [DataType.BigInt] = ["TINYINT", "SMALLINT", "INTEGER"],
        [DataType.Integer] = ["TINYINT", "SMALLINT"],
    };

    /// <summary>Name of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>How the engine writes a timestamp without zone.</summary>
    public required string TimestampType { get; init; }

    /// <summary>
    /// Whether a window without ORDER BY sees the rows one after another as they are stored. Where it does, a table stored in the order
    /// of its key is proven free of duplicates by one cheap pass instead of a grouping of all its rows.
    /// </summary>
    public required bool HasStoredOrder { get; init; }

    /// <summary>How the engine hashes a text with SHA-256, <c>{0}</c> standing for it; the hash is hexadecimal in lower case.</summary>
    public required string Sha256Format { get; init; }

    /// <summary>How the engine turns a timestamp without zone, which is UTC, into one with a zone, <c>{0}</c> standing for it.</summary>
    public required string UtcTimestampFormat { get; init; }

    /// <summary>The statement that bounds the engine's memory, <c>{0}</c> standing for megabytes; null where the engine's memory is not this machine's.</summary>
    public string? BoundMemoryFormat { get; init; }

    /// <summary>The statement that takes the bound away again.</summary>
    public string? UnboundMemory { get; init; }

    /// <summary>The statement after which each session works on one core; null where the engine's cores are not this machine's.</summary>
    public string? OneThreadEach { get; init; }

    /// <summary>The statement after which a session uses all cores again.</summary>
    public string? AllThreads { get; init; }

    /// <summary>DuckDB.</summary>
    public static SqlDialect DuckDb { get; } = new()
    {
        Engine = "DuckDB",
        TimestampType = "TIMESTAMP",
        HasStoredOrder = true,
        Sha256Format = "SHA256({0})",
        // The cast to TIMESTAMP WITH TIME ZONE asks a calendar for each value, and takes longer than writing the file.
        UtcTimestampFormat = "MAKE_TIMESTAMPTZ(EPOCH_US({0}))",
        BoundMemoryFormat = "SET memory_limit = '{0}MB'",
        UnboundMemory = "RESET memory_limit",
        OneThreadEach = "SET threads = 1",
        AllThreads = "RESET threads",
    };

    /// <summary>The SHA-256 of a text.</summary>
    /// <param name="text">SQL of the text.</param>
    /// <returns>SQL of the hash, hexadecimal in lower case.</returns>
    public string Sha256(string text) => string.Format(CultureInfo.InvariantCulture, Sha256Format, text);

    /// <summary>A timestamp without zone, which is UTC, as one with a zone.</summary>
    /// <param name="timestamp">SQL of the timestamp.</param>
    /// <returns>SQL of a TIMESTAMP WITH TIME ZONE.</returns>
    public string UtcTimestamp(string timestamp) => string.Format(CultureInfo.InvariantCulture, UtcTimestampFormat, timestamp);

    /// <summary>Whether every value of a stored type is one of the declared type.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, as the engine names it.</param>
    /// <returns>True for the type itself and for narrower integers.</returns>
    public bool Holds(ColumnType declared, string stored) =>
        string.Equals(stored, TypeName(declared), StringComparison.OrdinalIgnoreCase)
        || (Narrower.TryGetValue(declared.DataType, out var narrower) && narrower.Contains(stored, StringComparer.OrdinalIgnoreCase));

    /// <summary>The type as this engine's DDL writes it.</summary>
    /// <param name="type">The declared type.</param>
    /// <returns>The SQL text.</returns>
    public string TypeName(ColumnType type) => type.DataType == DataType.Timestamp ? TimestampType : type.ToString();
}
