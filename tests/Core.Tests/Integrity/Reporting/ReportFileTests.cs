using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Reporting;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>Where a report can be, and that it is there whole or not at all.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    [Theory]
    [InlineData("r.xml", "<testsuites")]
    [InlineData("R.JUnit.XML", "<testsuites")]
    [InlineData("checks.2026.junit.xml", "<testsuites")]
    [InlineData("r.nunit.xml", "<test-run")]
    [InlineData("r.NUNIT.xml", "<test-run")]
    [InlineData("nunit.xml", "<testsuites")]
    [InlineData("r.json", "\"format_version\"")]
    [InlineData("r.xml.json", "\"format_version\"")]
    public void The_extension_chooses_the_format(string name, string expected) =>
        Assert.Contains(expected, System.Text.Encoding.UTF8.GetString(_folder.Write(name, ReportSamples.Every)), StringComparison.Ordinal);

    [Theory]
    [InlineData("r.txt")]
    [InlineData("r")]
    [InlineData("xml")]
    [InlineData("r.xml.gz")]
    [InlineData("r.xml ")]
    [InlineData("json/")]
    public void Another_extension_is_an_error_that_names_those_there_are(string name)
    {
        var error = Assert.Throws<LoyaltyException>(() => CheckReport.At(_folder.PathOf(name)));

        Assert.Equal(("ReportFormatUnknown", _folder.PathOf(name)), (error.ErrorId, error.Target));
        Assert.All(
            new[] { _folder.PathOf(name), ".xml", ".junit.xml", ".nunit.xml", ".json" },
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_files_that_belong_together_none_is_written_where_one_cannot_be(int failing)
    {
        File.WriteAllText(_folder.PathOf("1"), "earlier");
        var reports = Enumerable.Range(0, 3).Select(number => (
            new ReportFile(_folder.PathOf($"{number}")),
            (Action<Stream>)(stream =>
            {
                stream.Write("new"u8);
                if (number == failing)
                    throw new IOException("No space left on device");
            }))).ToList();

        var error = Assert.Throws<LoyaltyException>(() => ReportFile.WriteAll(reports, TestContext.Current.CancellationToken));

        Assert.Equal(("ReportUnwritable", _folder.PathOf($"{failing}")), (error.ErrorId, error.Target));
        Assert.Equal(["1"], _folder.Names());
        Assert.Equal("earlier", File.ReadAllText(_folder.PathOf("1")));
    }

    [Fact]
    public void Of_files_that_belong_together_none_stays_where_one_cannot_take_its_place()
    {
        Directory.CreateDirectory(_folder.PathOf("0/full"));
        var reports = Enumerable.Range(0, 2).Select(number => (
            new ReportFile(_folder.PathOf($"{number}")), (Action<Stream>)(stream => stream.Write("new"u8)))).ToList();

        Assert.Throws<LoyaltyException>(() => ReportFile.WriteAll(reports, TestContext.Current.CancellationToken));

        Assert.Equal(["0"], _folder.Names());
    }

    [Theory]
    [InlineData("missing/r.xml", "there is no folder {0}missing")]
    [InlineData("file/r.json", "{0}file is a file")]
    [InlineData("folder.json", "it is a folder")]
    [InlineData("a\0b.xml", "a character that a name of a file cannot have")]
    [InlineData("a\0b/r.xml", "there is no folder {0}a\0b")]
    public void A_place_that_cannot_be_one_is_an_error_before_anything_is_written(string name, string reason)
    {
        File.WriteAllText(_folder.PathOf("file"), "in the way");
        Directory.CreateDirectory(_folder.PathOf("folder.json"));

        var error = Assert.Throws<LoyaltyException>(() => CheckReport.At(_folder.PathOf(name)));

        Assert.Equal(("ReportUnwritable", _folder.PathOf(name)), (error.ErrorId, error.Target));
        Assert.Contains(_folder.PathOf(name), error.Message, StringComparison.Ordinal);
        Assert.Contains(string.Format(null, reason, _folder.Path + Path.DirectorySeparatorChar), error.Message, StringComparison.Ordinal);
        Assert.Equal(["file", "folder.json"], _folder.Names());
    }

    [Fact]
    [Unix("Windows has no devices among its files.")]
    public void A_device_is_not_replaced()
    {
        SymbolicLink.ToFile(_folder.PathOf("r.xml"), "/dev/null");

        // Nothing is written: the place is refused when it is named.
        var error = Assert.Throws<LoyaltyException>(() => CheckReport.At(_folder.PathOf("r.xml")));

        Assert.Equal("ReportUnwritable", error.ErrorId);
        Assert.Contains("it is a device", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gone.xml")]
    [InlineData("nowhere/gone.xml")]
    public void A_link_to_nothing_is_not_written_through(string target)
    {
        SymbolicLink.ToFile(_folder.PathOf("r.xml"), target);

        var error = Assert.Throws<LoyaltyException>(() => CheckReport.At(_folder.PathOf("r.xml")));

        Assert.Equal("ReportUnwritable", error.ErrorId);
        Assert.Contains($"a link that leads to nothing, {_folder.PathOf(target)}", error.Message, StringComparison.Ordinal);
        Assert.Contains("remove the link", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    [Unix("A folder in which not even root can make a file.", Linux = true)]
    public void A_folder_in_which_nothing_can_be_made_is_known_before()
    {
        var report = CheckReport.At("/proc/self/r.xml");

        var before = Assert.Throws<LoyaltyException>(report.DemandWritable);
        var after = Assert.Throws<LoyaltyException>(
            () => report.Write(ReportSamples.Every, ReportSamples.ModuleVersion, TestContext.Current.CancellationToken));

        Assert.Equal(("ReportUnwritable", "ReportUnwritable"), (before.ErrorId, after.ErrorId));
        Assert.Contains("/proc/self/r.xml", before.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_out_whether_it_can_be_written_leaves_nothing_and_changes_nothing()
    {
        File.WriteAllText(_folder.PathOf("r.xml"), "yesterday's");

        CheckReport.At(_folder.PathOf("r.xml")).DemandWritable();

        Assert.Equal(["r.xml"], _folder.Names());
        Assert.Equal("yesterday's", File.ReadAllText(_folder.PathOf("r.xml")));
    }

    [Fact]
    public void A_report_replaces_the_former_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(_folder.PathOf("r.json"), new string('x', 1_000_000));

        var written = _folder.Write("r.json", ReportSamples.Every);

        Assert.Equal(["r.json"], _folder.Names());
        Assert.True(written.Length < 10_000, $"{written.Length} bytes");
    }

    [Fact]
    public void Through_a_link_its_target_is_replaced_and_the_link_stays()
    {
        _folder.Write("real.json", ReportSamples.Every);
        File.WriteAllText(_folder.PathOf("real.json"), "former");
        SymbolicLink.ToFile(_folder.PathOf("link.json"), _folder.PathOf("real.json"));

        _folder.Write("link.json", ReportSamples.Every);

        Assert.NotNull(new FileInfo(_folder.PathOf("link.json")).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(_folder.PathOf("real.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void While_a_report_is_written_the_former_can_be_read()
    {
        File.WriteAllText(_folder.PathOf("r.xml"), "yesterday's");

        new ReportFile(_folder.PathOf("r.xml")).Write(
            stream =>
            {
                stream.Write("half"u8);
                stream.Flush();
                Assert.Equal("yesterday's", File.ReadAllText(_folder.PathOf("r.xml")));
                Assert.Equal(2, _folder.Names().Count);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("half", File.ReadAllText(_folder.PathOf("r.xml")));
    }

    [Fact]
    public void When_writing_fails_the_former_report_stays_and_nothing_beside_it()
    {
        File.WriteAllText(_folder.PathOf("r.xml"), "yesterday's");

        var error = Assert.Throws<LoyaltyException>(() => new ReportFile(_folder.PathOf("r.xml")).Write(
            stream =>
            {
                stream.Write("half"u8);
                throw new IOException("No space left on device");
            },
            TestContext.Current.CancellationToken));

        Assert.Equal("ReportUnwritable", error.ErrorId);
        Assert.Equal($"The report {_folder.PathOf("r.xml")} cannot be written: No space left on device", error.Message);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal(["r.xml"], _folder.Names());
        Assert.Equal("yesterday's", File.ReadAllText(_folder.PathOf("r.xml")));
    }

    [Fact]
    public void A_place_that_is_taken_meanwhile_is_an_error_and_stays_as_it_is()
    {
        var report = CheckReport.At(_folder.PathOf("r.xml"));
        Directory.CreateDirectory(_folder.PathOf("r.xml/inside"));

        var error = Assert.Throws<LoyaltyException>(
            () => report.Write(ReportSamples.Every, ReportSamples.ModuleVersion, TestContext.Current.CancellationToken));

        Assert.Equal("ReportUnwritable", error.ErrorId);
        Assert.Equal(["r.xml"], _folder.Names());
        Assert.True(Directory.Exists(_folder.PathOf("r.xml/inside")));
    }

    [Fact]
    public void A_folder_that_is_gone_meanwhile_is_an_error()
    {
        Directory.CreateDirectory(_folder.PathOf("sub"));
        var report = CheckReport.At(_folder.PathOf("sub/r.json"));
        Directory.Delete(_folder.PathOf("sub"));

        Assert.Equal(
            "ReportUnwritable",
            Assert.Throws<LoyaltyException>(
                () => report.Write(ReportSamples.Every, ReportSamples.ModuleVersion, TestContext.Current.CancellationToken)).ErrorId);
    }

    [Fact]
    public void A_name_as_long_as_names_can_be_is_none_too_long() =>
        Assert.NotEmpty(_folder.Write(new string('r', 251) + ".xml", ReportSamples.Every));

    public void Dispose() => _folder.Dispose();
}
