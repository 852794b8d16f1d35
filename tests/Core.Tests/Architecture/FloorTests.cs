using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Architecture;

/// <summary>
/// The plan of the house, which docs/architecture.md explains: rooms one above the other, and what only one of them knows.
/// </summary>
public sealed partial class FloorTests
{
    private const string Core = "LoyaltyPipeline.Core";

    /// <summary>The rooms of Core, from the ground up. A room imports only rooms before it.</summary>
    private static readonly string[] Rooms =
    [
        // 1 ground
        "Errors", "Reporting", "Hashing", "Files", "Web", "Yaml", "Stores", "Catalog", "Pii",
        // 2 engines
        "Engines", "Schema", "Redaction", "Queries",
        // 3 one run at a time
        "Configuration", "Audit", "RunEvents", "Runs",
        // 4 the flow
        "Erasure", "Quarantine", "Metrics", "Segments", "History", "Deployment", "Backups", "Sources", "Merging", "SyntheticData",
        // 5 watches, hands out
        "Delivery", "Undoing", "Outputs", "Extracts", "Publication", "Adoption", "Answers", "Subjects", "PiiScan", "Integrity",
        "Readiness", "Notification", "Documentation", "Diagnostics",
        // 6 shows, starts
        "Status", "Dashboard", "Scheduling",
    ];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> House = new(() => new ArchLoader()
        .LoadAssemblies(typeof(PipelineLoader).Assembly, typeof(EngagementSegment).Assembly)
        .Build());

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Cmdlets = new(() => new ArchLoader()
        .LoadFilteredDirectory(Path.Combine(Repository.Root, "module"), "LoyaltyPipeline.dll")
        .Build());

    [Fact]
    public void No_room_imports_one_above_it()
    {
        var upward = from type in TypesOf(Core)
                     let room = RoomOf(type.Namespace?.FullName)
                     where room is not null
                     from target in type.GetTypeDependencies()
                     let other = RoomOf(target.Namespace?.FullName)
                     where other is not null && FloorOf(other) > FloorOf(room)
                     select $"{room} must not know {other}: {type.Name} -> {target.Name}";

        Assert.Empty(upward.Distinct(StringComparer.Ordinal));
    }

    // A constant leaves no trace in what is compiled; its import does in the text.
    [Fact]
    public void Nor_does_a_file_say_so()
    {
        var upward = from file in Sources(Core)
                     let room = RoomOf(
                         Core + '.'
                             + Path.GetRelativePath(FolderOf(Core), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'))
                     where room is not null
                     from line in System.IO.File.ReadLines(file)
                     let other = Import().Match(line) is { Success: true } import ? RoomOf(import.Groups["namespace"].Value) : null
                     where other is not null && FloorOf(other) > FloorOf(room)
                     select $"{room} must not import {other}: {Path.GetFileName(file)}";

        Assert.Empty(upward);
    }

    [Fact]
    public void Each_folder_is_a_room_of_the_plan() =>
        Assert.Equal(
            Rooms.Order(StringComparer.Ordinal),
            Sources(Core).Select(file => Path.GetRelativePath(FolderOf(Core), file).Split(Path.DirectorySeparatorChar))
                .Where(path => path.Length > 1).Select(path => path[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("DuckDB.NET.", $"{Core}.Engines.DuckDb")]
    [InlineData("Amazon.", $"{Core}.Stores.S3")]
    [InlineData("YamlDotNet.", $"{Core}.Yaml")]
    [InlineData("MailKit.", $"{Core}.Notification.Mail")]
    [InlineData("MimeKit.", $"{Core}.Notification.Mail")]
    [InlineData("Tomlyn", $"{Core}.Engines.Snowflake")]
    [InlineData("Cronos.", $"{Core}.Scheduling")]
    [InlineData("PhoneNumbers.", $"{Core}.Pii.Detectors")]
    public void Only_one_room_knows_a_library(string library, string room)
    {
        var users = TypesOf(Core)
            .Where(type => type.GetTypeDependencies().Any(target => target.FullName.StartsWith(library, StringComparison.Ordinal)))
            .ToList();

        Assert.NotEmpty(users);
        Assert.Empty(users.Where(type => !IsIn(type, room)).Select(type => type.FullName));
    }

    [Theory]
    [InlineData("System.Management.Automation")]
    [InlineData("Snowflake.Data")]
    public void Core_does_not_know(string library) =>
        Assert.Empty(
            TypesOf(Core)
                .Where(type => type.GetTypeDependencies().Any(target => target.FullName.StartsWith(library, StringComparison.Ordinal)))
                .Select(type => type.FullName));

    [Fact]
    public void Cmdlets_know_no_engine()
    {
        var types = Cmdlets.Value.Types.Where(type => type.Assembly.Name.StartsWith("LoyaltyPipeline", StringComparison.Ordinal)).ToList();
        string[] engines = [.. Directory.GetDirectories(Path.Combine(FolderOf(Core), "Engines"))
            .Select(folder => $"{Core}.Engines.{Path.GetFileName(folder)}.")];

        Assert.Contains(
            types,
            type => type.GetTypeDependencies().Any(target => target.FullName.StartsWith($"{Core}.Engines.", StringComparison.Ordinal)));
        Assert.Empty(
            from type in types
            from target in type.GetTypeDependencies()
            where engines.Any(engine => target.FullName.StartsWith(engine, StringComparison.Ordinal))
            select $"{type.FullName} -> {target.FullName}");
    }

    [Fact]
    public void The_types_that_scripts_name_need_nothing() => Assert.DoesNotContain(
        typeof(EngagementSegment).Assembly.GetReferencedAssemblies(),
        assembly => assembly.Name is not null && !assembly.Name.StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<IType> TypesOf(string assembly) => House.Value.Types.Where(type => IsIn(type, assembly));

    private static bool IsIn(IType type, string room) =>
        type.Namespace?.FullName is { } space && (space == room || space.StartsWith($"{room}.", StringComparison.Ordinal));

    private static string? RoomOf(string? space) =>
        space?.StartsWith($"{Core}.", StringComparison.Ordinal) == true && space[(Core.Length + 1)..].Split('.')[0] is var room
            && Rooms.Contains(room) ? room : null;

    private static int FloorOf(string room) => Array.IndexOf(Rooms, room);

    private static string FolderOf(string project) => Path.Combine(Repository.Root, "src", project);

    private static IEnumerable<string> Sources(
        string project) => Directory.EnumerateFiles(FolderOf(project), "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(FolderOf(project), file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));

    [GeneratedRegex(
        @"^using (static )?(?<namespace>LoyaltyPipeline\.Core\.[\w.]+);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Import();
}
