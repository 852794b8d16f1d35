namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A column of a source: its name, whether it must have a value, and how to get it from a row.</summary>
public sealed record SourceColumn<TRow>(
    string Name, bool IsKey, bool IsRequired, Func<TRow, object?> Cell, CellCheck? Check)
{
    public bool Breaks(string rule, TRow row) =>
        Check is not null && Check.Rule == rule && Cell(row) is { } value && !Check.Accepts(value);
}
