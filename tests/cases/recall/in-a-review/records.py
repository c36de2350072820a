# Forty records; every fifth is about peers.
for i in range(1, 41):
    print(f"TY  - JOUR\nTI  - {'Peers' if i % 5 == 0 else 'Bridges'} of region {i}\nAN  - {i}\nER  - \n")
