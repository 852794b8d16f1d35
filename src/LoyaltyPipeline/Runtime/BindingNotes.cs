using System.Collections;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// What is to be said of values as they are bound to parameters. Whoever transforms a value knows neither the cmdlet nor its -Verbose and -WarningAction; the cmdlet that the value
/// was bound to says it when its work begins.
/// </summary>
internal static class BindingNotes
{
    // Values are bound and cmdlets begin on the thread of the pipeline.
    [ThreadStatic]
    private static List<(object Value, string Text, bool IsWarning)>? _notes;

    /// <summary>Keeps what is to be said of a value.</summary>
    /// <param name="value">The value as it will be bound.</param>
    /// <param name="text">What is to be said.</param>
    /// <param name="isWarning">Whether it is a warning; else it is a detail.</param>
    public static void Add(object value, string text, bool isWarning) => (_notes ??= []).Add((value, text, isWarning));

    /// <summary>What is to be said of values that were bound to a cmdlet; once.</summary>
    /// <param name="bound">The values.</param>
    /// <returns>The texts.</returns>
    public static IReadOnlyList<(string Text, bool IsWarning)> Take(IEnumerable<object?> bound)
    {
        if (_notes is not { Count: > 0 } notes)
            return [];
        var values = bound.SelectMany(value => value is IList list ? list.Cast<object?>() : [value]).ToHashSet();
        var taken = notes.Where(note => values.Contains(note.Value)).Select(note => (note.Text, note.IsWarning)).Distinct().ToList();
        // What is left may be of another cmdlet of the pipeline that has been bound and not yet begun, or of one that could not be bound.
        notes.RemoveAll(note => values.Contains(note.Value));
        return taken;
    }
}
