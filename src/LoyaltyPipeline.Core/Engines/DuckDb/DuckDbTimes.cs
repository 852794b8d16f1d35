using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>Days that the engine knows and .NET does not.</summary>
internal static class DuckDbTimes
{
    /// <summary>Names an infinite day.</summary>
    /// <param name="reader">The reader, of whatever engine.</param>
    /// <returns><c>infinity</c> or <c>-infinity</c>; null where the value is neither, or is no day of this engine.</returns>
    public static string? InfinityAt(DbDataReader reader, int ordinal)
    {
        if (reader is not DuckDBDataReader || reader.GetFieldType(ordinal) != typeof(DateOnly))
            return null;
        var day = reader.GetFieldValue<DuckDBDateOnly>(ordinal);
        return day.IsPositiveInfinity ? "infinity" : day.IsNegativeInfinity ? "-infinity" : null;
    }
}
