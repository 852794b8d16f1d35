using Xunit.Sdk;
using Xunit.v3;

namespace LoyaltyPipeline.TestSupport;

/// <summary>
/// Begins with the classes that take longest: one that begins last would run alone at the end, with the other cores idle.
/// </summary>
/// <param name="classes">The classes, in the order in which they are to begin.</param>
public abstract class LongestFirst(params Type[] classes) : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
            [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(PlaceOf)];

    // A class is a collection, which is named after it.
    private int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(classes, type => collection.TestCollectionDisplayName.Contains(type.FullName!, StringComparison.Ordinal))
            is var place and >= 0 ? place : classes.Length;
}
