namespace LoyaltyPipeline.Core.Pii;

/// <summary>Values of a column, each once with how often it occurs.</summary>
internal sealed class ColumnSample
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>Values that are neither null nor blank.</summary>
    public long Count { get; private set; }

    /// <summary>The different values and how often each occurs.</summary>
    public IReadOnlyDictionary<string, long> Values => _counts;

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value; one that is null or blank is none.</param>
    public void Add(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;
        var text = value.Trim();
        _counts[text] = _counts.GetValueOrDefault(text) + 1;
        Count++;
    }
}
