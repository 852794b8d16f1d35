using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>A value that a client binds to a question mark, as it is sent.</summary>
/// <param name="Type">Snowflake's name of its type, such as FIXED.</param>
/// <param name="Value">The value as text; null for NULL.</param>
public sealed record Bind(string Type, string? Value)
{
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>The value as DuckDB takes it.</summary>
    /// <exception cref="SnowflakeError">The text is no value of the type.</exception>
    internal object ToDuckDb()
    {
        if (Value is null)
            return DBNull.Value;
        try
        {
            return Type.ToUpperInvariant() switch
            {
                "FIXED" => Fixed(Value),
                "REAL" => double.Parse(Value, CultureInfo.InvariantCulture),
                "BOOLEAN" => Value is "1" || bool.Parse(Value),
                "DATE" => DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(long.Parse(Value, CultureInfo.InvariantCulture))),
                "TIMESTAMP_NTZ" => new DateTime(UnixEpochTicks + (long)(Int128.Parse(Value, CultureInfo.InvariantCulture) / 100)),
                "BINARY" => Convert.FromHexString(Value),
                _ => Value,
            };
        }
        catch (FormatException exception)
        {
            throw new SnowflakeError("002075", "42601", $"SQL compilation error:\nInvalid bind value '{Value}' of type {Type}.", exception);
        }
    }

    private static object Fixed(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : decimal.Parse(value, CultureInfo.InvariantCulture);
}
