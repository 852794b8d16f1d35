namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>Earlier lines, for the up and down keys.</summary>
internal sealed class LineHistory
{
    private readonly List<string> _lines = [];
    private int _position;

    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || !string.Equals(_lines[^1], line, StringComparison.Ordinal)))
            _lines.Add(line);
        _position = _lines.Count;
    }

    /// <returns>The line before or after, empty past the newest, null where there is none.</returns>
    public string? Move(int step)
    {
        var position = _position + step;
        if (position < 0 || position > _lines.Count)
            return null;
        _position = position;
        return position == _lines.Count ? "" : _lines[position];
    }
}
