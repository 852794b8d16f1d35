using System.Runtime.CompilerServices;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// What is to be said of values as they are bound to parameters. Whoever transforms a value knows neither the cmdlet nor its -Verbose and
/// -WarningAction; the cmdlet that the value was bound to says it when its work begins. A note belongs to the object that was bound, not to
/// what it is equal to: that of a call that could not be bound goes with it.
/// </summary>
internal static class BindingNotes
{
    private static readonly ConditionalWeakTable<object, IReadOnlyList<BindingNote>> Notes = [];

    /// <summary>Keeps what is to be said of a value.</summary>
    /// <param name="value">The object that will be bound.</param>
    /// <param name="notes">What is to be said.</param>
    public static void Add(object value, IReadOnlyList<BindingNote> notes) => Notes.Add(value, notes);

    /// <summary>What is to be said of values that were bound to a cmdlet; once.</summary>
    /// <param name="bound">The values.</param>
    /// <returns>The notes.</returns>
    public static IReadOnlyList<BindingNote> Take(IEnumerable<object?> bound)
    {
        var taken = new List<BindingNote>();
        foreach (var value in bound.OfType<object>())
        {
            if (Notes.Remove(value, out var notes))
                taken.AddRange(notes);
        }

        return [.. taken.Distinct()];
    }
}
