using System.Text;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>A text in which some stretches are replaced, and where in it the rest of the text came to stand.</summary>
/// <param name="text">The text as it was written.</param>
/// <param name="edits">What is replaced; no two stretches touch.</param>
internal sealed class TextEdits(string text, IEnumerable<TextEdits.Edit> edits)
{
    private readonly List<Edit> _edits = [.. edits.OrderBy(edit => edit.Start)];

    /// <summary>The text as it was written.</summary>
    public string Original => text;

    /// <summary>The same with further edits.</summary>
    /// <param name="further">Edits of the text as it was written.</param>
    public TextEdits With(IEnumerable<Edit> further) => new(text, _edits.Concat(further));

    /// <summary>The text with its replacements.</summary>
    public string Apply()
    {
        var (result, at) = (new StringBuilder(), 0);
        foreach (var edit in _edits)
        {
            result.Append(text, at, edit.Start - at).Append(edit.Replacement);
            at = edit.Start + edit.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Where a place of the new text was; within a replacement, where what it replaces begins.</summary>
    public int Back(int position)
    {
        var shift = 0;
        foreach (var edit in _edits)
        {
            var start = edit.Start + shift;
            if (position < start)
                break;
            if (position < start + edit.Replacement.Length)
                return edit.Start;
            shift += edit.Replacement.Length - edit.Length;
        }

        return position - shift;
    }

    /// <summary>A stretch of the text and what takes its place.</summary>
    public sealed record Edit(int Start, int Length, string Replacement);
}
