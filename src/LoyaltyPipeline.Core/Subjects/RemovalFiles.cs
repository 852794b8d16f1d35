using System.Globalization;
using CsvHelper;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// Writes for each consumer that has users who are erased a file that says so, in the form of a Diff. A delivery keeps the id of a user as
/// it is, whatever becomes of personal data.
/// </summary>
/// <param name="folder">Where to, by its full path; it is made where it is not there.</param>
internal sealed class RemovalFiles(IWarehouse warehouse, PipelineDefinition pipeline, string folder)
{
    private const string Removed = "removed";

    private static readonly CsvWriterOptions Spelling = CsvWriterOptions.Default with { NewLine = "\n" };

    private readonly List<string> _written = [];

    /// <summary>Makes sure that files can be written, before anything is removed.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void Demand()
    {
        var probe = new ReportFile(Path.Combine(folder, "removed.csv"));
        ReportFolder.Make(folder);
        probe.DemandPlace();
        probe.DemandWritable();
    }

    /// <summary>Writes them.</summary>
    /// <param name="runId">The run, which makes their names differ from those of any other.</param>
    /// <param name="deliveries">The deliveries of each user.</param>
    /// <returns>The files by user.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>ReportUnwritable</c>, <c>FileInUse</c>.</exception>
    public ILookup<long, string> Write(
        string runId, ILookup<long, SubjectDelivery> deliveries, CancellationToken cancellationToken)
    {
        var feeds = deliveries.SelectMany(user => user.Where(delivery => delivery.HasNow).Select(delivery => (UserId: user.Key, delivery)))
            .GroupBy(entry => (entry.delivery.Consumer, entry.delivery.Segment, entry.delivery.Destination))
            .OrderBy(feed => $"{feed.Key}", StringComparer.Ordinal).ToList();
        var files = new List<(long UserId, string Path)>();
        foreach (var (feed, number) in feeds.Select((feed, index) => (feed, index + 1)))
        {
            // One consumer may have a segment at several places.
            var segment = SegmentNames.Parse(feed.Key.Segment);
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{runId}-{number:00}-{feed.Key.Consumer}-{segment}-removed.csv");
            var users = feed.Select(entry => entry.UserId).Distinct().Order().ToList();
            var path = Path.Combine(folder, name);
            WriteFile(path, users, cancellationToken);
            files.AddRange(users.Select(user => (user, path)));
        }

        return files.ToLookup(file => file.UserId, file => file.Path);
    }

    /// <summary>Takes them away again, where nobody was erased after all.</summary>
    public void TakeBack()
    {
        foreach (var path in _written)
            PatientFiles.Discard(path);
        _written.Clear();
    }

    private void WriteFile(string path, IReadOnlyList<long> users, CancellationToken cancellationToken)
    {
        var file = new ReportFile(path);
        file.DemandPlace();
        file.DemandApart(new ProtectedFiles(warehouse, pipeline));
        _written.Add(path);
        file.Write(
            stream =>
            {
                var csv = CsvWriter.Create(stream, Spelling);
                csv.WriteHeader([DeliveryForm.Change, DeliveryForm.UserId]);
                foreach (var user in users)
                {
                    csv.WriteField(Removed);
                    csv.WriteField(user);
                    csv.EndRecord();
                }

                csv.Flush();
            },
            cancellationToken);
    }
}
