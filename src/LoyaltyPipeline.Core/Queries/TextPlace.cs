using System.Text;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>Places in a text, as people count them and as engines do.</summary>
internal static class TextPlace
{
    /// <summary>A place in words.</summary>
    /// <param name="position">The character, from 0.</param>
    /// <returns>For example <c>line 2, column 14</c>.</returns>
    public static string Say(string text, int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        return $"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}";
    }

    /// <summary>The character at which a line and a column are.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    public static int Find(string text, int line, int column)
    {
        var start = 0;
        for (var passed = 1; passed < line && text.IndexOf('\n', start) is var end and >= 0; passed++)
            start = end + 1;
        return Math.Min(start + column - 1, text.Length);
    }

    /// <summary>The character at a place that the parser of the engine counts in bytes.</summary>
    public static int OfBytes(string text, int bytes)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetCharCount(encoded, 0, Math.Min(bytes, encoded.Length));
    }
}
