namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>
/// Takes rows out of a failing case for as long as it fails. Drawing smaller random cases until one fails, as CsCheck shrinks,
/// hardly ever hits upon so many nearly empty sources.
/// </summary>
internal static class Minimum
{
    /// <param name="failing">A case for which the property throws.</param>
    /// <param name="failure">What it throws; another kind of exception is another failure.</param>
    public static DirtyCase Of(DirtyCase failing, Exception failure, Action<DirtyCase> property)
    {
        bool Fails(SourceData sources) =>
            FailureOf(failing with { Sources = sources }, property)?.GetType() == failure.GetType();

        var smallest = failing.Sources;
        var size = int.MaxValue;
        while (Size(smallest) < size)
        {
            size = Size(smallest);
            smallest = SourceDefinitions.All.Aggregate(smallest, (sources, source) => WithFewerRows(sources, source, Fails));
        }

        return failing with { Sources = smallest };
    }

    public static Exception? FailureOf(DirtyCase dirty, Action<DirtyCase> property)
    {
        try
        {
            property(dirty);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static SourceData WithFewerRows(SourceData sources, ISourceDefinition source, Func<SourceData, bool> fails)
    {
        if (source.Cells(sources) is null)
            return sources;
        if (source != SourceDefinitions.UserProfile && source.Remove(sources) is var without && fails(without))
            return without;

        for (var length = Count(sources, source); length > 0; length /= 2)
        {
            for (var start = 0; start < Count(sources, source);)
            {
                var fewer = WithoutRange(sources, source, start, length);
                if (fails(fewer))
                    sources = fewer;
                else
                    start += length;
            }
        }

        return sources;
    }

    private static SourceData WithoutRange(SourceData sources, ISourceDefinition source, int start, int length) => source.Pick(
        sources,
        Enumerable.Range(0, Count(sources, source)).Where(position => position < start || position >= start + length));

    private static int Count(SourceData sources, ISourceDefinition source) => source.Cells(sources)?.Count() ?? 0;

    private static int Size(SourceData sources) => SourceDefinitions.All.Sum(source => Count(sources, source));
}
