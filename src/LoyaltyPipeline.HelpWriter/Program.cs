using LoyaltyPipeline.HelpWriter.Writing;

// The build says what there is, and where it wants the list of what was written; a test gives no list and is told what is stale.
if (args is not [var repository, var documentation, .. var rest] || rest.Length > 1)
{
    Console.Error.WriteLine(
        "LoyaltyPipeline.HelpWriter <repository> <folder of XML documentation> [<list to write>]: writes the help, or without a list names what of it is stale.");
    return 2;
}

var files = new HelpFiles(Path.GetFullPath(repository), documentation);
if (rest is [var list])
{
    files.Write();
    File.WriteAllLines(list, files.Names.Select(name => Path.GetFullPath(name, Path.GetFullPath(repository))));
    return 0;
}

foreach (var name in files.Stale())
    Console.WriteLine(name);
return files.Stale().Count == 0 ? 0 : 1;
