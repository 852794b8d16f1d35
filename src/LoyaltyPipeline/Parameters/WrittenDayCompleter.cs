using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the days that have been written, newest first, where a warehouse is connected; otherwise the last seven days.</summary>
public sealed class WrittenDayCompleter : IArgumentCompleter
{
    // As many as a menu has room for.
    private const int Days = 31;

    private static readonly RunDateCompleter Calendar = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var written = CompletionWarehouse.Read(fakeBoundParameters, ReadAsync);
        return written.Count == 0
            ? Calendar.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            : written.Reverse()
                .Select(day => day.ToString(RunDateTransformationAttribute.DayFormat, CultureInfo.InvariantCulture))
                .Where(day => day.StartsWith(wordToComplete ?? string.Empty, StringComparison.Ordinal))
                .Take(Days)
                .Select(day => new CompletionResult(day));
    }

    private static async Task<IReadOnlyList<DateOnly>> ReadAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        return await SnapshotDay.ListAsync(session, cancellationToken);
    }
}
