using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Makes of all that is held of a user what is shown.</summary>
/// <param name="shows">Whether personal data is shown.</param>
internal sealed class UserView(LoyaltyCatalog catalog, SubjectDocument document, bool shows)
{
    /// <summary>What is shown.</summary>
    /// <param name="runId">The run that shows personal data; null where none does.</param>
    public LoyaltyUser Show(string? runId)
    {
        var suppression = RowsOf(Suppressed.Table).FirstOrDefault(row => UntilOf(row) is null || UntilOf(row) >= DateTime.UtcNow.Date);
        return new LoyaltyUser
        {
            UserId = document.UserId,
            PersonalDataShown = shows,
            RunId = runId,
            Master = RowsOf("LOYALTY.MASTER") is [var master, ..] ? master : null,
            Versions = [.. RowsOf("LOYALTY.HISTORY").OrderBy(version => version["VALID_FROM"] as DateTime?)],
            Deliveries = [.. document.Deliveries],
            IsSuppressed = suppression is not null,
            SuppressionReason = suppression?["REASON"] as string,
            SuppressedSince = suppression?["SINCE"] as DateTime?,
            SuppressedUntil = suppression is null ? null : UntilOf(suppression),
            Quarantine = RowsOf("LOYALTY.QUARANTINE"),
            SourceRows = document.Sections
                .Where(section => section.Rows.Count > 0 && catalog.Sources.Any(source => source.Name.ToString() == section.Name))
                .ToDictionary(section => section.Name, section => section.Rows.Count, StringComparer.Ordinal).AsReadOnly(),
            ErasedAt = document.ErasedAt,
        };
    }

    // A warehouse of an earlier version has no last day.
    private static DateTime? UntilOf(IReadOnlyDictionary<string, object?> row) => row.GetValueOrDefault(Suppressed.Until) as DateTime?;

    private ReadOnlyCollection<ReadOnlyDictionary<string, object?>> RowsOf(string table) =>
        document.Sections.FirstOrDefault(section => section.Name == table) is { } section
            ? [.. section.Rows.Select(row => RowOf(section, row))]
            : [];

    // In the order of the columns, whatever the case of a name.
    private ReadOnlyDictionary<string, object?> RowOf(SubjectSection section, IReadOnlyList<object?> row)
    {
        var values = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, value) in section.Fields.Zip(row))
        {
            var column = catalog.Table(section.Name).FindColumn(field.Name);
            values.Add(field.Name, Midnight.OfDay(shows || column is null ? value : PersonalDataMask.Apply(column, value)));
        }

        return new ReadOnlyDictionary<string, object?>(values);
    }
}
