using LoyaltyPipeline.SnowflakeSupport;
using LoyaltyPipeline.SnowflakeSupport.Sessions;

// A server in a process of its own, for tests that must not have its libraries in theirs. It says where it is and who may enter, one
// NAME=value a line, and ends with its standard input. Its argument is the file of the public key of the user.
using var server = new SnowflakeServer();
var token = $"token-{Guid.NewGuid():N}";
const string User = "RUNNER";
server.AddUser(
    new SnowflakeUser(User)
    {
        Password = server.Password,
        Tokens = [token],
        PublicKey = await File.ReadAllTextAsync(args[0]),
        DefaultDatabase = server.Database,
    });
var address = await server.ListenAsync();
Console.WriteLine(
    $"HOST={address.Host}\nPORT={address.Port}\nACCOUNT={server.Account}\nDATABASE={server.Database}\nUSER={User}\nPASSWORD={server.Password}\nTOKEN={token}");
Console.WriteLine();
await Console.In.ReadToEndAsync();
