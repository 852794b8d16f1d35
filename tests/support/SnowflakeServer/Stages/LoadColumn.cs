using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A column that a file is loaded into.</summary>
/// <param name="Type">DuckDB's type.</param>
/// <param name="IsRequired">Whether it refuses NULL.</param>
internal sealed record LoadColumn(string Name, string Type, bool IsRequired)
{
    /// <summary>The text of a field as a value, NULL where it is none.</summary>
    /// <param name="index">Which field it is, from 0.</param>
    /// <param name="format">How the file is written.</param>
    public string Converted(int index, CsvFormat format)
    {
        var field = string.Create(CultureInfo.InvariantCulture, $"f{index}");
        var pattern = Type == "DATE"
            ? format.DateFormat
            : Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? format.TimestampFormat : "AUTO";
        return pattern.Equals("AUTO", StringComparison.OrdinalIgnoreCase)
            ? $"TRY_CAST({field} AS {Type})"
            : $"TRY_CAST(try_strptime({field}, sf_format({DuckDbText.Literal(pattern)})) AS {Type})";
    }

    /// <summary>What is wrong with a text that is no value.</summary>
    public (string Code, string Message) Fault(string text) => Type switch
    {
        "DATE" => ("100040", $"Date '{text}' is not recognized"),
        "BOOLEAN" => ("100037", $"Boolean value '{text}' is not recognized"),
        _ when Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ("100035", $"Timestamp '{text}' is not recognized"),
        _ => ("100038", $"Numeric value '{text}' is not recognized"),
    };
}
